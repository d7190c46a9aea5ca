package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.GROUP;
import static io.ternmq.grpc.GrpcFixture.TOPIC;
import static io.ternmq.grpc.GrpcFixture.message;
import static io.ternmq.grpc.GrpcFixture.messages;
import static io.ternmq.grpc.GrpcFixture.receive;
import static io.ternmq.grpc.GrpcFixture.resource;
import static io.ternmq.grpc.GrpcFixture.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.FilterExpression;
import apache.rocketmq.v2.FilterType;
import apache.rocketmq.v2.HeartbeatRequest;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.NotifyClientTerminationRequest;
import apache.rocketmq.v2.Publishing;
import apache.rocketmq.v2.ReceiveMessageRequest;
import apache.rocketmq.v2.ReceiveMessageResponse;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.Subscription;
import apache.rocketmq.v2.SubscriptionEntry;
import apache.rocketmq.v2.TelemetryCommand;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.RetryPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients are told over their telemetry streams, and what hangs on these. */
class TelemetryTest {
    private GrpcFixture fixture;

    @BeforeEach
    void start(@TempDir Path folder) {
        fixture = new GrpcFixture(folder);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    static Settings consumer(String group) {
        return Settings.newBuilder()
                .setClientType(ClientType.PUSH_CONSUMER)
                .setSubscription(Subscription.newBuilder().setGroup(resource(group)))
                .build();
    }

    private static Settings producer() {
        return Settings.newBuilder()
                .setClientType(ClientType.PRODUCER)
                .setPublishing(Publishing.newBuilder().addTopics(resource(TOPIC)))
                .build();
    }

    @Test
    void aProducerIsToldHowToSend() {
        var stream = new TelemetryClient(fixture.channel(), "p1", producer());

        TelemetryCommand answer = stream.await(1).get(0);

        assertThat(answer.getStatus().getCode()).isEqualTo(Code.OK);
        assertThat(answer.getSettings().getClientType()).isEqualTo(ClientType.PRODUCER);
        assertThat(answer.getSettings().getPublishing().getMaxBodySize()).isEqualTo(4 * 1024 * 1024);
        assertThat(answer.getSettings().getPublishing().getValidateMessageType())
                .isTrue();
        assertThat(answer.getSettings().getBackoffPolicy().getMaxAttempts()).isEqualTo(3);
        assertThat(answer.getSettings().getMetric().getOn()).isFalse();
        assertThat(fixture.membership.producers(TOPIC)).hasSize(1);
    }

    @Test
    void aConsumerIsToldTheBackOffOfItsGroup() {
        fixture.group(new GroupConfig(
                "doubling", true, true, true, 1, 5, true, Map.of(), new RetryPolicy.Exponential(1_000, 60_000, 2)));
        var stream = new TelemetryClient(fixture.channel(), "c1", consumer("doubling"));

        Settings settings = stream.await(1).get(0).getSettings();

        assertThat(settings.getSubscription().getFifo()).isTrue();
        assertThat(settings.getSubscription().getReceiveBatchSize()).isEqualTo(32);
        assertThat(settings.getBackoffPolicy().getMaxAttempts()).isEqualTo(6);
        assertThat(settings.getBackoffPolicy().getExponentialBackoff().getMax().getSeconds())
                .isEqualTo(60);
    }

    @Test
    void aGroupThatNobodyMadeComesIntoBeingWithTheClassicTable() {
        var stream = new TelemetryClient(fixture.channel(), "c1", consumer("brand-new"));

        Settings settings = stream.await(1).get(0).getSettings();

        assertThat(settings.getBackoffPolicy().getCustomizedBackoff().getNextCount())
                .isEqualTo(18);
        assertThat(fixture.shard().catalog().group("brand-new")).isNotNull();
        assertThat(fixture.membership.isOnline("brand-new")).isTrue();
    }

    @Test
    void settingsThatSayNothingOrNonsenseEndTheStream() {
        var nothing = new TelemetryClient(fixture.channel(), "c1", Settings.getDefaultInstance());
        var nonsense = new TelemetryClient(fixture.channel(), "c2", consumer("a group"));
        var lite = new TelemetryClient(
                fixture.channel(),
                "c3",
                consumer(GROUP).toBuilder()
                        .setClientType(ClientType.LITE_PUSH_CONSUMER)
                        .build());

        assertThat(nothing.awaitEnd()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(nonsense.awaitEnd()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(nonsense.await(1).get(0).getStatus().getCode()).isEqualTo(Code.ILLEGAL_CONSUMER_GROUP);
        assertThat(lite.awaitEnd()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void aClientIsThereWhileItsStreamIsOpenAndUntilItSaysThatItGoes() {
        var stream = new TelemetryClient(fixture.channel(), "c1", consumer(GROUP));
        List<TelemetryCommand> unused = stream.await(1);
        assertThat(fixture.membership.isOnline(GROUP)).isTrue();
        var client = fixture.client("c1");
        assertThat(client.heartbeat(HeartbeatRequest.newBuilder()
                                .setGroup(resource(GROUP))
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.OK);

        assertThat(client.notifyClientTermination(NotifyClientTerminationRequest.newBuilder()
                                .setGroup(resource(GROUP))
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.OK);
        assertThat(fixture.membership.isOnline(GROUP)).isFalse();

        var second = new TelemetryClient(fixture.channel(), "c2", consumer(GROUP));
        unused = second.await(1);
        assertThat(fixture.membership.isOnline(GROUP)).isTrue();
        second.close();
        await().until(() -> !fixture.membership.isOnline(GROUP));
    }

    @Test
    void aClientMaySayOverItsStreamThatItWantsSomethingElse() {
        var stream = new TelemetryClient(fixture.channel(), "c1", consumer(GROUP));
        List<TelemetryCommand> unused = stream.await(1);
        fixture.clock.advance(1);

        stream.say(subscribing("a"));
        unused = stream.await(2);
        fixture.clock.advance(1);
        stream.say(subscribing("a || b"));
        unused = stream.await(3);

        assertThat(fixture.membership.consumers(GROUP).members()).hasSize(1);
        assertThat(fixture.membership.subscription(GROUP, TOPIC).expression()).isEqualTo("a || b");
    }

    private static Settings subscribing(String tags) {
        Settings.Builder settings = consumer(GROUP).toBuilder();
        settings.getSubscriptionBuilder()
                .addSubscriptions(SubscriptionEntry.newBuilder()
                        .setTopic(resource(TOPIC))
                        .setExpression(FilterExpression.newBuilder()
                                .setType(FilterType.TAG)
                                .setExpression(tags)));
        return settings.build();
    }

    @Test
    void whatAClientLeavesUsToRenewStaysWithItWhileItsStreamIsOpen() {
        var stream = new TelemetryClient(fixture.channel(), "c1", consumer(GROUP));
        List<TelemetryCommand> unused = stream.await(1);
        var client = fixture.client("c1");
        assertThat(client.sendMessage(send(message("work"))).getStatus().getCode())
                .isEqualTo(Code.OK);
        List<Message> held =
                messages(client.receiveMessage(receive().setAutoRenew(true).build()));
        assertThat(held).hasSize(1);

        fixture.clock.advance(100_000);
        assertThat(messages(client.receiveMessage(receive().build()))).isEmpty();
        stream.close();
        await().until(() -> !fixture.membership.isOnline(GROUP));

        awaitMessageFor(client);
    }

    @Test
    void aClientThatComesBackUnderItsNameDoesNotKeepWhatItsEarlierStreamWasGiven() {
        var before = new TelemetryClient(fixture.channel(), "c1", consumer(GROUP));
        List<TelemetryCommand> unused = before.await(1);
        var client = fixture.client("c1");
        assertThat(client.sendMessage(send(message("work"))).getStatus().getCode())
                .isEqualTo(Code.OK);
        assertThat(messages(client.receiveMessage(receive().setAutoRenew(true).build())))
                .hasSize(1);

        before.close();
        assertThat(before.awaitEnd()).isEqualTo(Status.Code.OK);
        unused = new TelemetryClient(fixture.channel(), "c1", consumer(GROUP)).await(1);

        awaitMessageFor(client);
    }

    @Test
    void whatAClientHasNotTakenIsNotRenewedThoughItsStreamIsOpen() {
        var stream = new TelemetryClient(fixture.channel(), "c1", consumer(GROUP));
        List<TelemetryCommand> unused = stream.await(1);
        var client = fixture.client("c1");
        ByteString large = ByteString.copyFrom(new byte[1024 * 1024]);
        assertThat(client.sendMessage(send(message("work").setBody(large)))
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.OK);
        AtomicInteger begun = new AtomicInteger();
        var call =
                begin(fixture.channel(64 * 1024), receive().setAutoRenew(true).build(), begun);
        await().until(() -> begun.get() == 1);

        call.cancel("gives up", null);

        awaitMessageFor(client);
    }

    private void awaitMessageFor(MessagingServiceGrpc.MessagingServiceBlockingStub client) {
        await().until(() -> {
            fixture.clock.advance(10_000);
            return !messages(client.receiveMessage(receive().build())).isEmpty();
        });
    }

    /** A request that reads the beginning of its answer and no more. */
    private static ClientCall<ReceiveMessageRequest, ReceiveMessageResponse> begin(
            ManagedChannel channel, ReceiveMessageRequest request, AtomicInteger begun) {
        ClientCall<ReceiveMessageRequest, ReceiveMessageResponse> call =
                channel.newCall(MessagingServiceGrpc.getReceiveMessageMethod(), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(ReceiveMessageResponse message) {
                        begun.incrementAndGet();
                    }
                },
                GrpcFixture.headers("c1"));
        call.request(1);
        call.sendMessage(request);
        call.halfClose();
        return call;
    }
}
