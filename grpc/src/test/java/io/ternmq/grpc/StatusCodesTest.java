package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.GROUP;
import static io.ternmq.grpc.GrpcFixture.TOPIC;
import static io.ternmq.grpc.GrpcFixture.all;
import static io.ternmq.grpc.GrpcFixture.message;
import static io.ternmq.grpc.GrpcFixture.messages;
import static io.ternmq.grpc.GrpcFixture.receive;
import static io.ternmq.grpc.GrpcFixture.resource;
import static io.ternmq.grpc.GrpcFixture.seconds;
import static io.ternmq.grpc.GrpcFixture.send;
import static io.ternmq.grpc.GrpcFixture.system;
import static org.assertj.core.api.Assertions.assertThat;

import apache.rocketmq.v2.AckMessageEntry;
import apache.rocketmq.v2.AckMessageRequest;
import apache.rocketmq.v2.AckMessageResponse;
import apache.rocketmq.v2.Address;
import apache.rocketmq.v2.ChangeInvisibleDurationRequest;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.EndTransactionRequest;
import apache.rocketmq.v2.Endpoints;
import apache.rocketmq.v2.FilterExpression;
import apache.rocketmq.v2.FilterType;
import apache.rocketmq.v2.ForwardMessageToDeadLetterQueueRequest;
import apache.rocketmq.v2.HeartbeatRequest;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.MessageType;
import apache.rocketmq.v2.MessagingServiceGrpc.MessagingServiceBlockingStub;
import apache.rocketmq.v2.NotifyClientTerminationRequest;
import apache.rocketmq.v2.QueryAssignmentRequest;
import apache.rocketmq.v2.QueryRouteRequest;
import apache.rocketmq.v2.RecallMessageRequest;
import apache.rocketmq.v2.ReceiveMessageRequest;
import apache.rocketmq.v2.SyncLiteSubscriptionRequest;
import apache.rocketmq.v2.SystemProperties;
import apache.rocketmq.v2.TransactionResolution;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.timer.RecallHandle;
import io.ternmq.broker.timer.TimerKey;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each status that a request can be answered with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusCodesTest {
    private GrpcFixture fixture;
    private MessagingServiceBlockingStub client;

    @BeforeAll
    void start(@TempDir Path folder) {
        fixture = new GrpcFixture(folder);
        client = fixture.client();
        fixture.topic("ordered", Permission.READ | Permission.WRITE, Map.of("message.type", "FIFO"));
        fixture.topic("readonly", Permission.READ, Map.of());
        fixture.topic("writeonly", Permission.WRITE, Map.of());
        fixture.topic("properties", Permission.READ | Permission.WRITE, Map.of());
        fixture.topic("compacted", Permission.READ | Permission.WRITE, Map.of("cleanup.policy", "COMPACTION"));
        fixture.group(new GroupConfig("closed", false, true, false, 1, 3, true, Map.of(), RetryPolicy.CLASSIC));
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    private Code sent(Message.Builder... messages) {
        return client.sendMessage(send(messages)).getStatus().getCode();
    }

    private Code received(ReceiveMessageRequest.Builder request) {
        return all(client.receiveMessage(request.build())).get(0).getStatus().getCode();
    }

    private Code acknowledged(String topic, String group, String... handles) {
        AckMessageRequest.Builder request =
                AckMessageRequest.newBuilder().setTopic(resource(topic)).setGroup(resource(group));
        for (String handle : handles) {
            request.addEntries(AckMessageEntry.newBuilder().setMessageId("id").setReceiptHandle(handle));
        }
        return client.ackMessage(request.build()).getStatus().getCode();
    }

    @Test
    void whatIsRightIsOk() {
        assertThat(sent(message("x"))).isEqualTo(Code.OK);
        assertThat(client.queryRoute(QueryRouteRequest.newBuilder()
                                .setTopic(resource(TOPIC))
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.OK);
    }

    @Test
    void whoDoesNotSayWhoItIsNeedsAClientId() {
        assertThat(fixture.client("")
                        .sendMessage(send(message("x")))
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.CLIENT_ID_REQUIRED);
    }

    @Test
    void aTopicThatIsNotThereIsNotFound() {
        assertThat(sent(message("x").setTopic(resource("nowhere")))).isEqualTo(Code.TOPIC_NOT_FOUND);
        assertThat(received(receive()
                        .setMessageQueue(receive().getMessageQueue().toBuilder().setTopic(resource("nowhere")))))
                .isEqualTo(Code.TOPIC_NOT_FOUND);
        assertThat(client.queryRoute(QueryRouteRequest.newBuilder()
                                .setTopic(resource("nowhere"))
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.TOPIC_NOT_FOUND);
    }

    @Test
    void aTopicThatCannotBeIsIllegal() {
        for (String name : List.of("", "a topic", "TBW102", "x".repeat(128))) {
            assertThat(sent(message("x").setTopic(resource(name)))).as(name).isEqualTo(Code.ILLEGAL_TOPIC);
        }
    }

    @Test
    void endpointsThatAClientDidNotReachUsByAreIllegal() {
        Endpoints.Builder many = Endpoints.newBuilder();
        IntStream.range(0, 17).forEach(i -> many.addAddresses(address("host" + i)));
        for (Endpoints endpoints : List.of(
                many.build(),
                Endpoints.newBuilder().addAddresses(address("h".repeat(1024))).build())) {
            assertThat(client.queryRoute(QueryRouteRequest.newBuilder()
                                    .setTopic(resource(TOPIC))
                                    .setEndpoints(endpoints)
                                    .build())
                            .getStatus()
                            .getCode())
                    .isEqualTo(Code.ILLEGAL_ACCESS_POINT);
            assertThat(client.queryAssignment(QueryAssignmentRequest.newBuilder()
                                    .setTopic(resource(TOPIC))
                                    .setGroup(resource(GROUP))
                                    .setEndpoints(endpoints)
                                    .build())
                            .getStatus()
                            .getCode())
                    .isEqualTo(Code.ILLEGAL_ACCESS_POINT);
        }
    }

    private static Address address(String host) {
        return Address.newBuilder().setHost(host).setPort(8081).build();
    }

    @Test
    void aGroupThatCannotBeIsIllegal() {
        assertThat(received(receive().setGroup(resource("a group")))).isEqualTo(Code.ILLEGAL_CONSUMER_GROUP);
        assertThat(acknowledged(TOPIC, "", "t.0.0.0")).isEqualTo(Code.ILLEGAL_CONSUMER_GROUP);
    }

    @Test
    void whatNobodyMayDoIsForbidden() {
        assertThat(sent(message("x").setTopic(resource("readonly")))).isEqualTo(Code.FORBIDDEN);
        assertThat(received(receive().setGroup(resource("closed")))).isEqualTo(Code.FORBIDDEN);
        assertThat(received(receive()
                        .setMessageQueue(receive().getMessageQueue().toBuilder().setTopic(resource("writeonly")))))
                .isEqualTo(Code.FORBIDDEN);
        assertThat(client.queryAssignment(QueryAssignmentRequest.newBuilder()
                                .setTopic(resource("writeonly"))
                                .setGroup(resource(GROUP))
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.FORBIDDEN);
    }

    @Test
    void aBodyIsNeitherEmptyNorTooLarge() {
        assertThat(sent(message(""))).isEqualTo(Code.MESSAGE_BODY_EMPTY);
        ByteString large = ByteString.copyFrom(new byte[4 * 1024 * 1024 + 1]);
        assertThat(sent(message("x").setBody(large))).isEqualTo(Code.MESSAGE_BODY_TOO_LARGE);
    }

    @Test
    void messagesThatAreTooLargeTogetherAre() {
        ByteString half = ByteString.copyFrom(new byte[2_400_000]);
        assertThat(sent(message("x").setBody(half), message("y").setBody(half))).isEqualTo(Code.MESSAGE_BODY_TOO_LARGE);
    }

    @Test
    void whatWaitsIsSentAloneAndForOneThingOnly() {
        Timestamp later = Timestamp.newBuilder()
                .setSeconds(GrpcFixture.START_MS / 1_000 + 60)
                .build();
        SystemProperties.Builder delayed = system().setDeliveryTimestamp(later);
        SystemProperties.Builder half = system().setMessageType(MessageType.TRANSACTION);
        assertThat(sent(message("x"), message("y").setSystemProperties(delayed)))
                .isEqualTo(Code.MESSAGE_PROPERTY_CONFLICT_WITH_TYPE);
        assertThat(sent(message("x"), message("y").setSystemProperties(half)))
                .isEqualTo(Code.MESSAGE_PROPERTY_CONFLICT_WITH_TYPE);
        assertThat(sent(message("x").setSystemProperties(half.setDeliveryTimestamp(later))))
                .isEqualTo(Code.MESSAGE_PROPERTY_CONFLICT_WITH_TYPE);
    }

    @Test
    void messagesThatDoNotBelongTogetherAreCorrupted() {
        assertThat(sent()).isEqualTo(Code.MESSAGE_CORRUPTED);
        assertThat(sent(message("x"), message("y").setTopic(resource("ordered"))))
                .isEqualTo(Code.MESSAGE_CORRUPTED);
    }

    @Test
    void tagsKeysGroupsAndIdsMayNotBeAnything() {
        assertThat(sent(message("x").setSystemProperties(system().setTag("a|b"))))
                .isEqualTo(Code.ILLEGAL_MESSAGE_TAG);
        assertThat(sent(message("x").setSystemProperties(system().setTag(" ")))).isEqualTo(Code.ILLEGAL_MESSAGE_TAG);
        assertThat(sent(message("x").setSystemProperties(system().addKeys("\n"))))
                .isEqualTo(Code.ILLEGAL_MESSAGE_KEY);
        assertThat(sent(message("x").setTopic(resource("compacted")))).isEqualTo(Code.ILLEGAL_MESSAGE_KEY);
        assertThat(sent(message("x").setSystemProperties(system().setMessageGroup("g".repeat(64)))))
                .isEqualTo(Code.ILLEGAL_MESSAGE_GROUP);
        assertThat(sent(message("x").setSystemProperties(system().setMessageGroup(" "))))
                .isEqualTo(Code.ILLEGAL_MESSAGE_GROUP);
        assertThat(sent(
                        message("x").setSystemProperties(system().setMessageGroup("a")),
                        message("y").setSystemProperties(system().setMessageGroup("b"))))
                .isEqualTo(Code.ILLEGAL_MESSAGE_GROUP);
        assertThat(sent(message("x").setSystemProperties(system().setMessageId(" "))))
                .isEqualTo(Code.ILLEGAL_MESSAGE_ID);
    }

    @Test
    void propertiesOfTheSystemAreNotTheUsers() {
        assertThat(sent(message("x").putUserProperties("UNIQ_KEY", "1"))).isEqualTo(Code.ILLEGAL_MESSAGE_PROPERTY_KEY);
        assertThat(sent(message("x").putUserProperties("a\u0001b", "1"))).isEqualTo(Code.ILLEGAL_MESSAGE_PROPERTY_KEY);
        assertThat(sent(message("x").putUserProperties("a", "1\u0002"))).isEqualTo(Code.ILLEGAL_MESSAGE_PROPERTY_KEY);
        assertThat(sent(message("x").putUserProperties("", "1"))).isEqualTo(Code.ILLEGAL_MESSAGE_PROPERTY_KEY);
    }

    @Test
    void aPropertyWithoutAValueIsTakenAndLost() {
        assertThat(sent(message("x")
                        .setTopic(resource("properties"))
                        .putUserProperties("a", "")
                        .putUserProperties("b", "1")))
                .isEqualTo(Code.OK);

        List<Message> received = messages(client.receiveMessage(receive()
                .setMessageQueue(receive().getMessageQueue().toBuilder().setTopic(resource("properties")))
                .build()));

        assertThat(received).extracting(Message::getUserPropertiesMap).containsExactly(Map.of("b", "1"));
    }

    @Test
    void propertiesAreBounded() {
        assertThat(sent(message("x").putUserProperties("a", "v".repeat(16 * 1024))))
                .isEqualTo(Code.MESSAGE_PROPERTIES_TOO_LARGE);
        Message.Builder many = message("x");
        IntStream.range(0, 129).forEach(i -> many.putUserProperties("p" + i, "v"));
        assertThat(sent(many)).isEqualTo(Code.MESSAGE_PROPERTIES_TOO_LARGE);
    }

    @Test
    void aTypedTopicTakesItsTypeOnly() {
        assertThat(sent(message("x").setTopic(resource("ordered"))))
                .isEqualTo(Code.MESSAGE_PROPERTY_CONFLICT_WITH_TYPE);
        assertThat(sent(message("x").setTopic(resource("ordered")).setSystemProperties(system().setMessageGroup("g"))))
                .isEqualTo(Code.OK);
        fixture.topic("plain", Permission.READ | Permission.WRITE, Map.of("message.type", "NORMAL"));
        assertThat(sent(message("x").setTopic(resource("plain")).setSystemProperties(system().setMessageGroup("g"))))
                .isEqualTo(Code.MESSAGE_PROPERTY_CONFLICT_WITH_TYPE);
        assertThat(sent(message("x").setSystemProperties(system().setMessageType(MessageType.LITE))))
                .isEqualTo(Code.MESSAGE_PROPERTY_CONFLICT_WITH_TYPE);
    }

    @Test
    void aDeliveryTimeIsAtMostTenYearsAway() {
        long farSeconds = GrpcFixture.START_MS / 1_000 + TimeUnit.DAYS.toSeconds(3_700);
        assertThat(sent(message("x")
                        .setSystemProperties(system().setDeliveryTimestamp(
                                        Timestamp.newBuilder().setSeconds(farSeconds)))))
                .isEqualTo(Code.ILLEGAL_DELIVERY_TIME);
    }

    @Test
    void aRequestsNameForItselfIsShort() {
        assertThat(received(receive().setAttemptId("a".repeat(257)))).isEqualTo(Code.BAD_REQUEST);
    }

    @Test
    void aTransactionIsRecoveredWithinAnHour() {
        assertThat(sent(message("x")
                        .setSystemProperties(system().setMessageType(MessageType.TRANSACTION)
                                .setOrphanedTransactionRecoveryDuration(seconds(3_601)))))
                .isEqualTo(Code.BAD_REQUEST);
    }

    @Test
    void aTransactionIsNamedAsTheSendWasAnswered() {
        for (String id : List.of("", "nonsense", "123-456")) {
            assertThat(client.endTransaction(EndTransactionRequest.newBuilder()
                                    .setTopic(resource(TOPIC))
                                    .setTransactionId(id)
                                    .setResolution(TransactionResolution.COMMIT)
                                    .build())
                            .getStatus()
                            .getCode())
                    .as(id)
                    .isEqualTo(Code.INVALID_TRANSACTION_ID);
        }
    }

    @Test
    void messagesAreTakenForTenSecondsToTwelveHours() {
        assertThat(received(receive().setInvisibleDuration(seconds(9)))).isEqualTo(Code.ILLEGAL_INVISIBLE_TIME);
        assertThat(received(receive().setInvisibleDuration(seconds(43_201)))).isEqualTo(Code.ILLEGAL_INVISIBLE_TIME);
    }

    @Test
    void messagesAreKeptForTwelveHoursAtMost() {
        for (Duration duration : List.of(seconds(43_201), seconds(-1))) {
            assertThat(client.changeInvisibleDuration(ChangeInvisibleDurationRequest.newBuilder()
                                    .setTopic(resource(TOPIC))
                                    .setGroup(resource(GROUP))
                                    .setReceiptHandle("t.0.0.0")
                                    .setInvisibleDuration(duration)
                                    .build())
                            .getStatus()
                            .getCode())
                    .isEqualTo(Code.ILLEGAL_INVISIBLE_TIME);
        }
    }

    @Test
    void aFilterIsTagsOrSql() {
        assertThat(received(receive()
                        .setFilterExpression(FilterExpression.newBuilder()
                                .setType(FilterType.SQL)
                                .setExpression("a >"))))
                .isEqualTo(Code.ILLEGAL_FILTER_EXPRESSION);
    }

    @Test
    void whoGivesUpAtOnceCannotBeAnswered() {
        assertThat(all(client.withDeadlineAfter(150, TimeUnit.MILLISECONDS)
                                .receiveMessage(receive()
                                        .setLongPollingTimeout(seconds(5))
                                        .build()))
                        .get(0)
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.ILLEGAL_POLLING_TIME);
    }

    @Test
    void whereThereIsNothingTheMessageIsNotFound() {
        assertThat(received(receive()
                        .setGroup(resource("empty"))
                        .setFilterExpression(FilterExpression.newBuilder().setExpression("no-such-tag"))))
                .isEqualTo(Code.MESSAGE_NOT_FOUND);
    }

    @Test
    void aReceiptHandleThatIsNoneOrOldIsInvalid() {
        assertThat(acknowledged(TOPIC, GROUP, "nonsense")).isEqualTo(Code.INVALID_RECEIPT_HANDLE);
        assertThat(acknowledged(TOPIC, GROUP, "t.0.zz.0")).isEqualTo(Code.INVALID_RECEIPT_HANDLE);
        assertThat(client.changeInvisibleDuration(ChangeInvisibleDurationRequest.newBuilder()
                                .setTopic(resource(TOPIC))
                                .setGroup(resource(GROUP))
                                .setReceiptHandle("nonsense")
                                .setInvisibleDuration(seconds(30))
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.INVALID_RECEIPT_HANDLE);
        assertThat(client.forwardMessageToDeadLetterQueue(ForwardMessageToDeadLetterQueueRequest.newBuilder()
                                .setTopic(resource(TOPIC))
                                .setGroup(resource(GROUP))
                                .setReceiptHandle("t.0.zz.0")
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.INVALID_RECEIPT_HANDLE);
    }

    @Test
    void acknowledgementsThatEndDifferentlyAreMultipleResults() {
        assertThat(sent(message("acknowledged"))).isEqualTo(Code.OK);
        Message held = messages(client.receiveMessage(
                        receive().setGroup(resource("several")).build()))
                .get(0);
        String handle = held.getSystemProperties().getReceiptHandle();

        AckMessageResponse answer = client.ackMessage(AckMessageRequest.newBuilder()
                .setTopic(resource(TOPIC))
                .setGroup(resource("several"))
                .addEntries(AckMessageEntry.newBuilder().setReceiptHandle(handle))
                .addEntries(AckMessageEntry.newBuilder().setReceiptHandle("nonsense"))
                .build());

        assertThat(answer.getStatus().getCode()).isEqualTo(Code.MULTIPLE_RESULTS);
        assertThat(answer.getEntriesList())
                .extracting(entry -> entry.getStatus().getCode())
                .containsExactly(Code.OK, Code.INVALID_RECEIPT_HANDLE);
        assertThat(acknowledged(TOPIC, GROUP)).isEqualTo(Code.INTERNAL_SERVER_ERROR);
    }

    @Test
    void aRequestAcknowledgesSoManyMessagesOnly() {
        String[] handles = new String[1_025];
        Arrays.fill(handles, "t.0.0.0");
        assertThat(acknowledged(TOPIC, GROUP, handles)).isEqualTo(Code.BAD_REQUEST);
        assertThat(acknowledged(TOPIC, GROUP, Arrays.copyOf(handles, 1_024))).isEqualTo(Code.INVALID_RECEIPT_HANDLE);
    }

    private Code recalled(String topic, String handle) {
        return client.recallMessage(RecallMessageRequest.newBuilder()
                        .setTopic(resource(topic))
                        .setRecallHandle(handle)
                        .build())
                .getStatus()
                .getCode();
    }

    @Test
    void aRecallNeedsTheHandleOfItsSend() {
        assertThat(recalled(TOPIC, "nonsense")).isEqualTo(Code.BAD_REQUEST);
    }

    @Test
    void aRecallNamesTheTopicOfItsHandleAndAMessageThatIsKnown() {
        Timestamp later = Timestamp.newBuilder()
                .setSeconds(GrpcFixture.START_MS / 1_000 + 600)
                .build();
        String handle = client.sendMessage(send(message("x").setSystemProperties(system().setDeliveryTimestamp(later))))
                .getEntries(0)
                .getRecallHandle();

        assertThat(recalled("properties", handle)).isEqualTo(Code.BAD_REQUEST);
        assertThat(recalled("nowhere", handle)).isEqualTo(Code.TOPIC_NOT_FOUND);
        assertThat(recalled(TOPIC, handle)).isEqualTo(Code.OK);
        TimerKey unknown = new TimerKey(TOPIC, "unknown", later.getSeconds() * 1_000);
        assertThat(recalled(TOPIC, new RecallHandle("broker-a", unknown).encode()))
                .isEqualTo(Code.MESSAGE_NOT_FOUND);
        assertThat(recalled(TOPIC, new RecallHandle("broker-b", unknown).encode()))
                .isEqualTo(Code.BAD_REQUEST);
    }

    @Test
    void whoHasNoTelemetryStreamIsNotRecognized() {
        assertThat(client.heartbeat(HeartbeatRequest.newBuilder()
                                .setGroup(resource(GROUP))
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.UNRECOGNIZED_CLIENT_TYPE);
        assertThat(client.notifyClientTermination(NotifyClientTerminationRequest.getDefaultInstance())
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.UNRECOGNIZED_CLIENT_TYPE);
    }

    @Test
    void liteTopicsAreUnsupported() {
        assertThat(client.syncLiteSubscription(SyncLiteSubscriptionRequest.getDefaultInstance())
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.UNSUPPORTED);
    }
}
