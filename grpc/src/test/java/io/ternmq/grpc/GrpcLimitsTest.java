package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.message;
import static io.ternmq.grpc.GrpcFixture.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.Publishing;
import apache.rocketmq.v2.SendMessageRequest;
import apache.rocketmq.v2.SendMessageResponse;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.UA;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.ternmq.broker.traffic.Rate;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each bound, and what happens at it. */
class GrpcLimitsTest {
    private static final int KIB = 1024;
    private static final GrpcLimits SMALL =
            new GrpcLimits(2, 100, 8, 64 * KIB, 4 * KIB, 160 * KIB, 64 * KIB, 64 * KIB, 1, 64, 30_000, 120_000);

    @TempDir
    private Path folder;

    private GrpcFixture small() {
        return new GrpcFixture(folder, GrpcSettings.of("127.0.0.1", 0).withLimits(SMALL));
    }

    private static SendMessageRequest large(int bytes) {
        return send(message("x").setBody(ByteString.copyFrom(new byte[bytes])));
    }

    /** A request that is sent and never ended. */
    private static ClientCall<SendMessageRequest, SendMessageResponse> begin(
            ManagedChannel channel, SendMessageRequest request, AtomicInteger ended) {
        ClientCall<SendMessageRequest, SendMessageResponse> call =
                channel.newCall(MessagingServiceGrpc.getSendMessageMethod(), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.incrementAndGet();
                    }
                },
                GrpcFixture.headers("hostile"));
        call.sendMessage(request);
        return call;
    }

    @Test
    void aRequestThatIsTooLargeFailsItsCall() {
        try (GrpcFixture fixture = small()) {
            assertThatThrownBy(() -> fixture.client().sendMessage(large(65 * KIB)))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("RESOURCE_EXHAUSTED");
        }
    }

    @Test
    void aRequestThatIsCompressedFailsItsCallSinceItsSizeWouldShowTooLate() {
        try (GrpcFixture fixture = small()) {
            assertThatThrownBy(() -> fixture.client().withCompression("gzip").sendMessage(large(1)))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("UNIMPLEMENTED");
        }
    }

    @Test
    void headersThatAreTooLargeFailTheirCall() {
        try (GrpcFixture fixture = small()) {
            assertThatThrownBy(() -> fixture.client("c".repeat(5 * KIB)).sendMessage(large(1)))
                    .isInstanceOf(StatusRuntimeException.class);
        }
    }

    @Test
    void aConnectionTooManyIsClosed() {
        try (GrpcFixture fixture = small()) {
            SendMessageResponse first = fixture.client("c1").sendMessage(large(1));
            SendMessageResponse second = fixture.client("c2").sendMessage(large(1));
            assertThat(first.getStatus().getCode()).isEqualTo(Code.OK);
            assertThat(second.getStatus().getCode()).isEqualTo(Code.OK);
            assertThatThrownBy(() -> fixture.client("c3").sendMessage(large(1)))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("UNAVAILABLE");
        }
    }

    @Test
    void aClientTooManyGetsNoStream() {
        try (GrpcFixture fixture = small()) {
            ManagedChannel channel = fixture.channel();
            var first = new TelemetryClient(channel, "c1", TelemetryTest.consumer(GrpcFixture.GROUP));
            assertThat(first.await(1)).hasSize(1);
            var second = new TelemetryClient(channel, "c2", TelemetryTest.consumer(GrpcFixture.GROUP));
            assertThat(second.awaitEnd()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }
    }

    @Test
    void aCallTooManyFails() {
        try (GrpcFixture fixture = small()) {
            ManagedChannel waiting = fixture.channel();
            AtomicInteger ended = new AtomicInteger();
            List<ClientCall<SendMessageRequest, SendMessageResponse>> calls = IntStream.range(0, 8)
                    .mapToObj(i -> begin(waiting, large(1), ended))
                    .toList();
            var client = fixture.client();

            await().untilAsserted(() -> assertThatThrownBy(() -> client.sendMessage(large(1)))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("RESOURCE_EXHAUSTED: too many calls"));

            calls.forEach(call -> call.cancel("gives up", null));
            await().ignoreExceptions()
                    .until(() -> client.sendMessage(large(1)).getStatus().getCode() == Code.OK);
        }
    }

    @Test
    void aConnectionThatSendsTooFastIsAnsweredLaterAndThenRefused() {
        GrpcSettings slow = GrpcSettings.of("127.0.0.1", 0).withSendRate(new Rate(2, 0));
        try (GrpcFixture fixture = new GrpcFixture(folder, slow)) {
            var client = fixture.client();
            for (int i = 0; i < 2; i++) {
                assertThat(client.sendMessage(large(1)).getStatus().getCode()).isEqualTo(Code.OK);
            }

            assertThatThrownBy(() ->
                            client.withDeadlineAfter(200, TimeUnit.MILLISECONDS).sendMessage(large(1)))
                    .hasMessageContaining("DEADLINE_EXCEEDED");
            await().until(() -> client.sendMessage(large(1)).getStatus().getCode() == Code.TOO_MANY_REQUESTS);
            assertThat(fixture.client().sendMessage(large(1)).getStatus().getCode())
                    .isEqualTo(Code.OK);

            fixture.clock.advance(10_000);
            assertThat(client.sendMessage(large(1)).getStatus().getCode()).isEqualTo(Code.OK);
        }
    }

    @Test
    void settingsThatAreTooLargeEndTheStream() {
        Settings large = TelemetryTest.consumer(GrpcFixture.GROUP).toBuilder()
                .setUserAgent(UA.newBuilder().setHostname("h".repeat(64 * KIB)))
                .build();
        try (GrpcFixture fixture = new GrpcFixture(folder)) {
            var stream = new TelemetryClient(fixture.channel(), "c1", large);
            assertThat(stream.awaitEnd()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }
    }

    @Test
    void clientsTogetherNameOnlySoMuch() {
        Settings names = Settings.newBuilder()
                .setClientType(ClientType.PRODUCER)
                .setPublishing(Publishing.newBuilder()
                        .addTopics(GrpcFixture.resource("a".repeat(20)))
                        .addTopics(GrpcFixture.resource("b".repeat(20))))
                .build();
        try (GrpcFixture fixture = small()) {
            ManagedChannel channel = fixture.channel();
            var first = new TelemetryClient(channel, "c1", names);
            assertThat(first.await(1)).hasSize(1);
            first.say(names);
            assertThat(first.await(2)).hasSize(2);
            var second = new TelemetryClient(channel, "c1", names);
            assertThat(second.awaitEnd()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);

            first.close();
            assertThat(first.awaitEnd()).isEqualTo(Status.Code.OK);
            assertThat(new TelemetryClient(channel, "c1", names).await(1)).hasSize(1);
        }
    }

    @Test
    void requestsThatNeverEndMakeTheServerBusyAndThenEndTheirConnection() {
        try (GrpcFixture fixture = small()) {
            var client = fixture.client();
            ManagedChannel hostile = fixture.channel();
            AtomicInteger ended = new AtomicInteger();
            var one = begin(hostile, large(40 * KIB), ended);
            var two = begin(hostile, large(40 * KIB), ended);

            await().until(() -> client.sendMessage(large(1)).getStatus().getCode() == Code.TOO_MANY_REQUESTS);
            var three = begin(hostile, large(40 * KIB), ended);
            var four = begin(hostile, large(60 * KIB), ended);

            await().until(() -> ended.get() == 4);
            await().until(() -> client.sendMessage(large(1)).getStatus().getCode() == Code.OK);
            assertThat(one).isNotIn(two, three, four);
        }
    }

    @Test
    void limitsThatDoNotFitTogetherAreRefused() {
        assertThatThrownBy(() -> new GrpcLimits(1, 1, 1, 64 * KIB, 4 * KIB, 64 * KIB, 32 * KIB, 1, 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("busyBytesMax: 32768 (expected: 65536..65536");
    }
}
