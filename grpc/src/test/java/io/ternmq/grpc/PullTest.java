package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.GROUP;
import static io.ternmq.grpc.GrpcFixture.message;
import static io.ternmq.grpc.GrpcFixture.messages;
import static io.ternmq.grpc.GrpcFixture.receive;
import static io.ternmq.grpc.GrpcFixture.resource;
import static io.ternmq.grpc.GrpcFixture.seconds;
import static io.ternmq.grpc.GrpcFixture.send;
import static io.ternmq.grpc.GrpcFixture.system;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import apache.rocketmq.v2.AckMessageEntry;
import apache.rocketmq.v2.AckMessageRequest;
import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.FilterExpression;
import apache.rocketmq.v2.FilterType;
import apache.rocketmq.v2.GetOffsetRequest;
import apache.rocketmq.v2.GetOffsetResponse;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.MessageQueue;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.MessagingServiceGrpc.MessagingServiceBlockingStub;
import apache.rocketmq.v2.PullMessageRequest;
import apache.rocketmq.v2.PullMessageResponse;
import apache.rocketmq.v2.QueryOffsetPolicy;
import apache.rocketmq.v2.QueryOffsetRequest;
import apache.rocketmq.v2.QueryOffsetResponse;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.UpdateOffsetRequest;
import com.google.protobuf.Timestamp;
import io.grpc.stub.MetadataUtils;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.catalog.TopicConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages by offset, and the offsets of groups and queues. */
class PullTest {
    private static final String TOPIC = "line";
    private static final long STEP_MS = 1_000;

    private GrpcFixture fixture;
    private MessagingServiceBlockingStub client;

    @BeforeEach
    void start(@TempDir Path folder) {
        fixture = new GrpcFixture(folder);
        client = fixture.client();
        fixture.topic(new TopicConfig(TOPIC, 1, 1, Permission.READ | Permission.WRITE, false, Map.of()));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    /** What a pull was answered with. */
    private record Pulled(Code code, List<String> bodies, long nextOffset) {
        static Pulled of(Iterator<PullMessageResponse> answer) {
            List<PullMessageResponse> parts = new ArrayList<>();
            answer.forEachRemaining(parts::add);
            return of(parts);
        }

        static Pulled of(List<PullMessageResponse> parts) {
            return new Pulled(
                    parts.get(0).getStatus().getCode(),
                    parts.stream()
                            .filter(PullMessageResponse::hasMessage)
                            .map(part -> part.getMessage().getBody().toStringUtf8())
                            .toList(),
                    parts.get(parts.size() - 1).getNextOffset());
        }
    }

    private static MessageQueue queue() {
        return MessageQueue.newBuilder().setTopic(resource(TOPIC)).setId(0).build();
    }

    private static PullMessageRequest.Builder pull(long offset) {
        return PullMessageRequest.newBuilder()
                .setGroup(resource(GROUP))
                .setMessageQueue(queue())
                .setOffset(offset)
                .setBatchSize(32)
                .setLongPollingTimeout(seconds(0));
    }

    private Pulled pulled(PullMessageRequest.Builder request) {
        return Pulled.of(client.pullMessage(request.build()));
    }

    private void sendTagged(String tag, String... bodies) {
        for (String body : bodies) {
            Message.Builder message = message(body)
                    .setTopic(resource(TOPIC))
                    .setSystemProperties(system().setTag(tag))
                    .putUserProperties("body", body);
            assertThat(client.sendMessage(send(message)).getStatus().getCode()).isEqualTo(Code.OK);
        }
    }

    private Code updated(long offset) {
        return client.updateOffset(UpdateOffsetRequest.newBuilder()
                        .setGroup(resource(GROUP))
                        .setMessageQueue(queue())
                        .setOffset(offset)
                        .build())
                .getStatus()
                .getCode();
    }

    private GetOffsetResponse offsetOf(String group) {
        return client.getOffset(GetOffsetRequest.newBuilder()
                .setGroup(resource(group))
                .setMessageQueue(queue())
                .build());
    }

    private QueryOffsetResponse query(QueryOffsetPolicy policy, long... timeMs) {
        QueryOffsetRequest.Builder request =
                QueryOffsetRequest.newBuilder().setMessageQueue(queue()).setQueryOffsetPolicy(policy);
        for (long ms : timeMs) {
            request.setTimestamp(
                    Timestamp.newBuilder().setSeconds(ms / 1_000).setNanos((int) (ms % 1_000) * 1_000_000));
        }
        return client.queryOffset(request.build());
    }

    @Test
    void messagesComeInTheirOrderWithTheOffsetToGoOnFrom() {
        sendTagged("t", "a", "b", "c");

        assertThat(pulled(pull(0).setBatchSize(2))).isEqualTo(new Pulled(Code.OK, List.of("a", "b"), 2));
        assertThat(pulled(pull(2))).isEqualTo(new Pulled(Code.OK, List.of("c"), 3));
        assertThat(pulled(pull(3))).isEqualTo(new Pulled(Code.MESSAGE_NOT_FOUND, List.of(), 3));
    }

    @Test
    void aMessageSaysWhereItLies() {
        sendTagged("t", "a", "b");
        List<PullMessageResponse> parts = new ArrayList<>();
        client.pullMessage(pull(1).build()).forEachRemaining(parts::add);

        Message message = parts.get(1).getMessage();

        assertThat(message.getTopic().getName()).isEqualTo(TOPIC);
        assertThat(message.getSystemProperties().getQueueId()).isZero();
        assertThat(message.getSystemProperties().getQueueOffset()).isEqualTo(1);
        assertThat(message.getSystemProperties().getDeliveryAttempt()).isEqualTo(1);
        assertThat(message.getSystemProperties().hasReceiptHandle()).isFalse();
        assertThat(message.getUserPropertiesMap()).isEqualTo(Map.of("body", "b"));
    }

    @Test
    void aFilterPassesOverWhatItDoesNotWant() {
        sendTagged("north", "a");
        sendTagged("south", "b");
        sendTagged("north", "c");
        sendTagged("south", "d");

        assertThat(pulled(pull(0).setFilterExpression(
                                FilterExpression.newBuilder().setExpression("north"))))
                .isEqualTo(new Pulled(Code.OK, List.of("a", "c"), 4));
        assertThat(pulled(pull(0).setFilterExpression(FilterExpression.newBuilder()
                        .setType(FilterType.SQL)
                        .setExpression("body > 'b' OR body = 'b'"))))
                .extracting(Pulled::code)
                .isEqualTo(Code.ILLEGAL_FILTER_EXPRESSION);
        assertThat(pulled(pull(0).setFilterExpression(FilterExpression.newBuilder()
                        .setType(FilterType.SQL)
                        .setExpression("body IN ('b', 'd')"))))
                .isEqualTo(new Pulled(Code.OK, List.of("b", "d"), 4));
        assertThat(pulled(pull(0).setFilterExpression(
                                FilterExpression.newBuilder().setExpression("west"))))
                .isEqualTo(new Pulled(Code.MESSAGE_NOT_FOUND, List.of(), 4));
    }

    @Test
    void anOffsetThatIsNotThereIsIllegalAndTheNearestIsTold() {
        sendTagged("t", "a");

        assertThat(pulled(pull(5))).isEqualTo(new Pulled(Code.ILLEGAL_OFFSET, List.of(), 1));
        assertThat(pulled(pull(-1))).isEqualTo(new Pulled(Code.ILLEGAL_OFFSET, List.of(), 0));
        assertThat(updated(-1)).isEqualTo(Code.ILLEGAL_OFFSET);
    }

    @Test
    void aPullWaitsForWhatItWants() {
        var answer = new HeldAnswer<PullMessageResponse>();
        MessagingServiceGrpc.newStub(fixture.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(GrpcFixture.headers("waiting")))
                .pullMessage(
                        pull(0).setLongPollingTimeout(seconds(60))
                                .setFilterExpression(FilterExpression.newBuilder()
                                        .setType(FilterType.SQL)
                                        .setExpression("body = 'wanted'"))
                                .build(),
                        answer);
        sendTagged("t", "other");
        await().during(Duration.ofMillis(300)).until(answer::isHeld);

        sendTagged("t", "wanted");

        assertThat(Pulled.of(answer.whole())).isEqualTo(new Pulled(Code.OK, List.of("wanted"), 2));
    }

    @Test
    void aPullThatDoesNotSayHowLongWaitsTwentySeconds() {
        var answer = new HeldAnswer<PullMessageResponse>();
        MessagingServiceGrpc.newStub(fixture.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(GrpcFixture.headers("waiting")))
                .pullMessage(pull(0).clearLongPollingTimeout().build(), answer);

        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            fixture.clock.advance(100);
            return answer.isWhole();
        });

        assertThat(fixture.clock.time() - GrpcFixture.START_MS).isBetween(20_000L, 50_000L);
        assertThat(Pulled.of(answer.whole())).isEqualTo(new Pulled(Code.MESSAGE_NOT_FOUND, List.of(), 0));
    }

    @Test
    void offsetsAreKeptByGroupAndQueue() {
        sendTagged("t", "a", "b");
        assertThat(offsetOf(GROUP).getStatus().getCode()).isEqualTo(Code.OFFSET_NOT_FOUND);

        assertThat(updated(2)).isEqualTo(Code.OK);

        assertThat(offsetOf(GROUP).getStatus().getCode()).isEqualTo(Code.OK);
        assertThat(offsetOf(GROUP).getOffset()).isEqualTo(2);
        assertThat(offsetOf("another").getStatus().getCode()).isEqualTo(Code.OFFSET_NOT_FOUND);
    }

    @Test
    void offsetsAreFoundByPlaceAndByTime() {
        sendTagged("t", "a");
        fixture.clock.advance(STEP_MS);
        sendTagged("t", "b");

        assertThat(query(QueryOffsetPolicy.BEGINNING).getOffset()).isZero();
        assertThat(query(QueryOffsetPolicy.END).getOffset()).isEqualTo(2);
        assertThat(query(QueryOffsetPolicy.TIMESTAMP, GrpcFixture.START_MS).getOffset())
                .isZero();
        assertThat(query(QueryOffsetPolicy.TIMESTAMP, GrpcFixture.START_MS + 1).getOffset())
                .isEqualTo(1);
        assertThat(query(QueryOffsetPolicy.TIMESTAMP, GrpcFixture.START_MS + 2 * STEP_MS)
                        .getOffset())
                .isEqualTo(2);
        assertThat(query(QueryOffsetPolicy.TIMESTAMP).getStatus().getCode()).isEqualTo(Code.BAD_REQUEST);
    }

    @Test
    void whatCannotBeReadIsRefused() {
        MessageQueue none = queue().toBuilder().setId(1).build();
        MessageQueue nowhere = queue().toBuilder().setTopic(resource("nowhere")).build();
        fixture.group(new GroupConfig("closed", false, true, false, 1, 3, true, Map.of(), RetryPolicy.CLASSIC));
        fixture.topic("writeonly", Permission.WRITE, Map.of());
        MessageQueue closed =
                queue().toBuilder().setTopic(resource("writeonly")).build();

        assertThat(pulled(pull(0).setMessageQueue(none)).code()).isEqualTo(Code.BAD_REQUEST);
        assertThat(pulled(pull(0).setMessageQueue(nowhere)).code()).isEqualTo(Code.TOPIC_NOT_FOUND);
        assertThat(pulled(pull(0).setMessageQueue(closed)).code()).isEqualTo(Code.FORBIDDEN);
        assertThat(pulled(pull(0).setGroup(resource("closed"))).code()).isEqualTo(Code.FORBIDDEN);
        assertThat(pulled(pull(0).setGroup(resource("a group"))).code()).isEqualTo(Code.ILLEGAL_CONSUMER_GROUP);
        assertThat(Pulled.of(client.withDeadlineAfter(150, TimeUnit.MILLISECONDS)
                                .pullMessage(pull(0).build()))
                        .code())
                .isEqualTo(Code.ILLEGAL_POLLING_TIME);
    }

    private static Settings pullConsumer() {
        return TelemetryTest.consumer(GROUP).toBuilder()
                .setClientType(ClientType.PULL_CONSUMER)
                .build();
    }

    private List<Message> taken(MessagingServiceBlockingStub by) {
        return messages(by.receiveMessage(receive()
                .setMessageQueue(MessageQueue.newBuilder().setTopic(resource(TOPIC)))
                .build()));
    }

    @Test
    void aQueueThatOthersOfTheGroupTakeFromByLeaseIsAsIfEmptyAndKeepsItsOffset() {
        var member = new TelemetryClient(fixture.channel(), "client-1", pullConsumer());
        member.await(1);
        sendTagged("t", "a", "b");
        MessagingServiceBlockingStub leasing = fixture.client("leasing");
        List<Message> held = taken(leasing);
        assertThat(held).hasSize(2);

        assertThat(pulled(pull(0))).isEqualTo(new Pulled(Code.MESSAGE_NOT_FOUND, List.of(), 0));
        assertThat(updated(2)).isEqualTo(Code.OK);
        assertThat(offsetOf(GROUP).getOffset()).isZero();

        assertThat(leasing.ackMessage(AckMessageRequest.newBuilder()
                                .setTopic(resource(TOPIC))
                                .setGroup(resource(GROUP))
                                .addEntries(AckMessageEntry.newBuilder()
                                        .setReceiptHandle(held.get(0)
                                                .getSystemProperties()
                                                .getReceiptHandle()))
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.OK);
        await().until(() -> {
            fixture.clock.advance(STEP_MS);
            return pulled(pull(0)).code() == Code.OK;
        });
        assertThat(pulled(pull(0)).bodies()).containsExactly("b"); // what was done by lease is passed over
    }

    @Test
    void aQueueThatAMemberReadsByOffsetIsNotTakenFromUntilHeIsGone() {
        var member = new TelemetryClient(fixture.channel(), "client-1", pullConsumer());
        member.await(1);
        sendTagged("t", "a");
        assertThat(pulled(pull(0)).bodies()).containsExactly("a");
        MessagingServiceBlockingStub leasing = fixture.client("leasing");
        assertThat(taken(leasing)).isEmpty();

        member.close();

        await().until(() -> {
            fixture.clock.advance(STEP_MS);
            return taken(leasing).size() == 1;
        });
    }

    @Test
    void whoIsNoMemberReadsAsHeLikes() {
        sendTagged("t", "a");
        assertThat(taken(fixture.client("leasing"))).hasSize(1);

        assertThat(pulled(pull(0)).bodies()).containsExactly("a");
    }
}
