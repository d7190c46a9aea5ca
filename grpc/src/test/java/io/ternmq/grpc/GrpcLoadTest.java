package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.message;
import static io.ternmq.grpc.GrpcFixture.messages;
import static io.ternmq.grpc.GrpcFixture.receive;
import static io.ternmq.grpc.GrpcFixture.seconds;
import static io.ternmq.grpc.GrpcFixture.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.ReceiveMessageRequest;
import apache.rocketmq.v2.ReceiveMessageResponse;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.TelemetryCommand;
import apache.rocketmq.v2.UA;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many clients cost, and what one that stops reading may cost. */
class GrpcLoadTest {
    private static final int STREAMS = 10_000;
    private static final int CHANNELS = 4;
    private static final int WAITING = 1_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    /** Counts messages, and reads no further than it was told. */
    private static final class Receiving extends ClientCall.Listener<ReceiveMessageResponse> {
        private final AtomicInteger answers;

        Receiving(AtomicInteger answers) {
            this.answers = answers;
        }

        @Override
        public void onMessage(ReceiveMessageResponse response) {
            if (response.hasMessage()) {
                answers.incrementAndGet();
            }
        }

        @Override
        public void onClose(Status status, io.grpc.Metadata trailers) {}
    }

    private static ClientCall<ReceiveMessageRequest, ReceiveMessageResponse> begin(
            ManagedChannel channel, ReceiveMessageRequest request, int requested, AtomicInteger answers) {
        ClientCall<ReceiveMessageRequest, ReceiveMessageResponse> call =
                channel.newCall(MessagingServiceGrpc.getReceiveMessageMethod(), CallOptions.DEFAULT);
        call.start(new Receiving(answers), GrpcFixture.headers("load"));
        call.request(requested);
        call.sendMessage(request);
        call.halfClose();
        return call;
    }

    @Test
    void tenThousandIdleStreamsAreServed(@TempDir Path folder) {
        try (GrpcFixture fixture = new GrpcFixture(folder)) {
            List<TelemetryClient> streams = new ArrayList<>(STREAMS);
            for (int c = 0; c < CHANNELS; c++) {
                ManagedChannel channel = fixture.channel();
                for (int i = 0; i < STREAMS / CHANNELS; i++) {
                    streams.add(
                            new TelemetryClient(channel, "c" + c + "-" + i, TelemetryTest.consumer("idle" + i % 50)));
                }
            }

            await().atMost(LONG).until(() -> streams.stream().allMatch(TelemetryClient::isAnswered));

            assertThat(fixture.membership.consumerGroups().stream()
                            .mapToInt(group -> group.members().size())
                            .sum())
                    .isEqualTo(STREAMS);
            assertThat(fixture.client()
                            .sendMessage(send(message("x")))
                            .getStatus()
                            .getCode())
                    .isEqualTo(Code.OK);
        }
    }

    @Test
    void aThousandWaitingConsumersCostNoTimeUntilThereAreMessages(@TempDir Path folder) {
        try (GrpcFixture fixture = new GrpcFixture(folder)) {
            AtomicInteger answers = new AtomicInteger();
            ManagedChannel channel = fixture.channel();
            ReceiveMessageRequest request =
                    receive().setBatchSize(1).setLongPollingTimeout(seconds(60)).build();
            for (int i = 0; i < WAITING; i++) {
                var unused = begin(channel, request, 8, answers);
            }
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long[] usedNs = {serverNs(threads), 0};

            await().atMost(LONG).pollInterval(Duration.ofSeconds(1)).until(() -> {
                usedNs[1] = serverNs(threads) - usedNs[0];
                usedNs[0] += usedNs[1];
                return usedNs[1] < Duration.ofMillis(50).toNanos(); // of a second
            });

            var client = fixture.client();
            for (int i = 0; i < WAITING; i++) {
                assertThat(client.sendMessage(send(message("m" + i)))
                                .getStatus()
                                .getCode())
                        .isEqualTo(Code.OK);
            }
            await().atMost(LONG).until(() -> answers.get() == WAITING);
        }
    }

    @Test
    void aConsumerThatStopsReadingHoldsLittleAndNotForLong(@TempDir Path folder) {
        try (GrpcFixture fixture = impatient(folder)) {
            var client = fixture.client();
            ByteString body = ByteString.copyFrom(new byte[256 * 1024]);
            for (int i = 0; i < 32; i++) {
                assertThat(client.sendMessage(send(message("x").setBody(body)))
                                .getStatus()
                                .getCode())
                        .isEqualTo(Code.OK);
            }
            ManagedChannel stalled = fixture.channel(64 * 1024);
            for (int i = 0; i < 32; i++) {
                var unused = begin(stalled, receive().setBatchSize(1).build(), 1, new AtomicInteger());
            }

            await().until(() -> {
                var sent = client.sendMessage(send(message("one more")));
                assertThat(sent.getStatus().getCode()).isEqualTo(Code.OK);
                var received = client.receiveMessage(receive().setBatchSize(1).build());
                Code code = received.next().getStatus().getCode();
                return code == Code.TOO_MANY_REQUESTS;
            });
            await().atMost(LONG).until(() -> {
                fixture.clock.advance(5_000);
                return !messages(client.receiveMessage(receive().setBatchSize(1).build()))
                        .isEmpty();
            });
        }
    }

    /** A server that soon has enough of clients that do not read. */
    private static GrpcFixture impatient(Path folder) {
        GrpcLimits limits = GrpcLimits.DEFAULT;
        return new GrpcFixture(
                folder,
                GrpcSettings.of("127.0.0.1", 0)
                        .withLimits(new GrpcLimits(
                                limits.connectionsMax(),
                                limits.callsPerConnectionMax(),
                                limits.callsMax(),
                                limits.messageBytesMax(),
                                limits.metadataBytesMax(),
                                limits.inboundBytesMax(),
                                limits.busyBytesMax(),
                                1024 * 1024,
                                limits.sessionsMax(),
                                limits.roleCharsMax(),
                                5_000,
                                limits.idleMs())));
    }

    @Test
    void aClientThatDoesNotReadWhatItIsToldIsNotToldMore(@TempDir Path folder) {
        Settings settings = TelemetryTest.consumer(GrpcFixture.GROUP).toBuilder()
                .setUserAgent(UA.newBuilder().setHostname("h".repeat(60 * 1024)))
                .build();
        try (GrpcFixture fixture = impatient(folder)) {
            ClientCall<TelemetryCommand, TelemetryCommand> call =
                    fixture.channel(64 * 1024).newCall(MessagingServiceGrpc.getTelemetryMethod(), CallOptions.DEFAULT);
            call.start(new ClientCall.Listener<>() {}, GrpcFixture.headers("deaf"));
            for (int i = 0; i < 64; i++) {
                call.sendMessage(
                        TelemetryCommand.newBuilder().setSettings(settings).build());
            }

            await().until(() -> fixture.membership.isOnline(GrpcFixture.GROUP));
            await().atMost(LONG).until(() -> !fixture.membership.isOnline(GrpcFixture.GROUP));
        }
    }

    private static long serverNs(ThreadMXBean threads) {
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("tern-")) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }
}
