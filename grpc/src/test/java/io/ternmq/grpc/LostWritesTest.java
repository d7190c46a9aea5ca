package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.message;
import static io.ternmq.grpc.GrpcFixture.messages;
import static io.ternmq.grpc.GrpcFixture.receive;
import static io.ternmq.grpc.GrpcFixture.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.ReceiveMessageRequest;
import apache.rocketmq.v2.ReceiveMessageResponse;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that goes is no error; what is one stays in the log. */
class LostWritesTest {
    private static final int MESSAGES = 8;

    /** Keeps what is logged. */
    private static final class Log extends Handler {
        private final List<LogRecord> entries = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            entries.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void aClientThatGoesWithAnswersUnreadIsNotLogged(@TempDir Path folder) {
        Logger logger = Logger.getLogger(LostWrites.LOGGER);
        Log log = new Log();
        logger.addHandler(log);
        try (GrpcFixture fixture = new GrpcFixture(folder)) {
            var client = fixture.client();
            ByteString body = ByteString.copyFrom(new byte[256 * 1024]);
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(client.sendMessage(send(message("x").setBody(body)))
                                .getStatus()
                                .getCode())
                        .isEqualTo(Code.OK);
            }
            ManagedChannel stalled = fixture.channel(64 * 1024);
            AtomicBoolean begun = new AtomicBoolean();
            ClientCall<ReceiveMessageRequest, ReceiveMessageResponse> call = begin(stalled, begun);
            await().until(begun::get);

            stalled.shutdownNow();

            await().until(() -> {
                fixture.clock.advance(1_000);
                return !messages(client.receiveMessage(receive().build())).isEmpty();
            });
            assertThat(call).isNotNull();
            assertThat(log.entries).isEmpty();
        } finally {
            logger.removeHandler(log);
        }
    }

    /** Reads the first part of an answer and no more. */
    private static ClientCall<ReceiveMessageRequest, ReceiveMessageResponse> begin(
            ManagedChannel channel, AtomicBoolean begun) {
        ClientCall<ReceiveMessageRequest, ReceiveMessageResponse> call =
                channel.newCall(MessagingServiceGrpc.getReceiveMessageMethod(), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(ReceiveMessageResponse part) {
                        begun.set(true);
                    }
                },
                GrpcFixture.headers("stalled"));
        call.request(1);
        call.sendMessage(receive().build());
        call.halfClose();
        return call;
    }

    @Test
    void everythingElseIsLogged() {
        Logger logger = Logger.getLogger(LostWrites.LOGGER);
        Filter before = logger.getFilter();
        LogRecord lost = new LogRecord(Level.WARNING, "Stream Error");
        lost.setThrown(new IllegalStateException(LostWrites.CLOSED));
        LogRecord other = new LogRecord(Level.WARNING, "Stream Error");
        other.setThrown(new IllegalStateException("a fault"));

        try (LostWrites filter = LostWrites.keepOut()) {
            assertThat(logger.getFilter()).isSameAs(filter);
            assertThat(filter.isLoggable(lost)).isFalse();
            assertThat(filter.isLoggable(other)).isTrue();
            assertThat(filter.isLoggable(new LogRecord(Level.WARNING, "anything")))
                    .isTrue();
        }
        assertThat(logger.getFilter()).isSameAs(before);
    }
}
