package io.ternmq.remoting.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.ternmq.broker.access.CommittedReplies;
import io.ternmq.broker.access.RateLimitedLog;
import io.ternmq.broker.member.Membership;
import io.ternmq.broker.traffic.Rate;
import io.ternmq.log.TurnedClock;
import io.ternmq.protocol.remoting.HeaderFormat;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RemotingFrameDecoder;
import io.ternmq.protocol.remoting.RemotingFrameEncoder;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.protocol.remoting.WireLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConnectionHandlerTest {
    private static final int HELD = 1;
    private static final int ECHO = 2;
    private static final int BROKEN = 3;
    private static final int FATAL = 4;
    private static final int SEND = 5;
    /** Sent at once where one a second may go. */
    private static final int SENT_COUNT = 1_000;

    private final List<Exchange> held = new ArrayList<>();
    private final CommittedReplies replies = new CommittedReplies();
    private final Admission admission = new Admission(limits());
    private final EmbeddedChannel channel = connect();

    @Test
    void answersOfOneReadGoOutTogether() {
        ByteBuf two = Unpooled.buffer();
        two.writeBytes(request(ECHO, 1, "a"));
        two.writeBytes(request(ECHO, 2, "b"));
        channel.writeInbound(two);

        List<RemotingFrame> answers = answers();

        assertThat(answers).extracting(RemotingFrame::opaque).containsExactly(1, 2);
        assertThat(answers).extracting(RemotingFrame::code).containsOnly(ResponseCode.SUCCESS);
    }

    @Test
    void aRequestInPiecesIsARequest() {
        ByteBuf request = request(ECHO, 1, "abc");
        while (request.isReadable()) {
            assertThat(answers()).isEmpty();
            channel.writeInbound(request.readRetainedSlice(1));
        }

        assertThat(answers()).hasSize(1);
    }

    @Test
    void whatTheShardHasFinishedIsAnsweredAsOneTask() {
        channel.writeInbound(request(HELD, 1, ""), request(HELD, 2, ""));
        for (Exchange exchange : held) {
            exchange.replies().add(exchange::succeed);
        }
        channel.runPendingTasks();
        assertThat(answers()).isEmpty();

        replies.handOver();

        assertThat(answers()).hasSize(2);
    }

    @Test
    void theConnectionIsNotReadWhileTooMuchIsUnderWay() {
        for (int i = 0; i < 4; i++) {
            channel.writeInbound(request(HELD, i, ""));
        }
        assertThat(channel.config().isAutoRead()).isFalse();

        held.get(0).succeed();
        assertThat(channel.config().isAutoRead()).isFalse();
        held.get(1).succeed();
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void whoWaitsForMessagesDoesNotCountAsUnderWay() {
        for (int i = 0; i < 4; i++) {
            channel.writeInbound(request(HELD, i, ""));
        }
        ClientConnection connection = held.get(0).connection();

        assertThat(connection.beginWaiting()).isTrue();
        assertThat(connection.beginWaiting()).isTrue();
        assertThat(connection.beginWaiting()).isFalse();
        assertThat(channel.config().isAutoRead()).isTrue();
        connection.endWaiting();
        assertThat(connection.beginWaiting()).isTrue();
    }

    @Test
    void bodiesBeyondTheLimitAreAnsweredBusyUntilOthersAreAnswered() {
        channel.writeInbound(request(HELD, 1, "x".repeat(60_000)));
        channel.writeInbound(request(ECHO, 2, "x".repeat(60_000)));
        assertThat(answers()).extracting(RemotingFrame::code).containsExactly(ResponseCode.SYSTEM_BUSY);

        held.get(0).succeed();
        channel.writeInbound(request(ECHO, 3, "x".repeat(60_000)));

        assertThat(answers()).extracting(RemotingFrame::code).containsOnly(ResponseCode.SUCCESS);
        assertThat(admission.bytesInFlight()).isZero();
    }

    @Test
    void onewayRequestsAreNotAnswered() {
        ByteBuf out = Unpooled.buffer();
        new RemotingFrameEncoder().beginOneway(HeaderFormat.JSON, 1, ECHO).end(out, 0);
        channel.writeInbound(out);

        assertThat(answers()).isEmpty();
        assertThat(admission.bytesInFlight()).isZero();
    }

    @Test
    void aHandlerThatBreaksIsAnsweredForAndTheConnectionStays() {
        channel.writeInbound(request(BROKEN, 1, ""));

        assertThat(answers()).extracting(RemotingFrame::code).containsExactly(ResponseCode.SYSTEM_ERROR);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void garbageEndsTheConnectionAndCountsNoMore() {
        assertThat(admission.connections()).isEqualTo(1);

        channel.writeInbound(Unpooled.copiedBuffer(new byte[] {0x7f, 1, 2, 3}));
        channel.runPendingTasks();

        assertThat(channel.isOpen()).isFalse();
        assertThat(admission.connections()).isZero();
    }

    @Test
    void recordsCountUntilTheyAreWritten() {
        channel.writeInbound(request(HELD, 1, ""));
        ClientConnection connection = held.get(0).connection();
        held.get(0).begin(ResponseCode.SUCCESS, null);
        held.get(0).end(Unpooled.wrappedBuffer(new byte[100_000]));
        assertThat(connection.hasRoomOutbound()).isFalse();

        channel.flush();

        assertThat(connection.hasRoomOutbound()).isTrue();
        assertThat(admission.outboundBytes()).isZero();
    }

    @Test
    void aSilentClientIsLetGo() {
        channel.writeInbound(request(HELD, 1, ""));
        ClientConnection connection = held.get(0).connection();
        connection.sweep(60_000);
        connection.sweep(60_000);
        assertThat(channel.isOpen()).isTrue();

        connection.sweep(60_000);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aCallThatIsNotAnsweredEndsWithNothing() {
        channel.writeInbound(request(HELD, 1, ""));
        List<Object> outcomes = new ArrayList<>();
        held.get(0)
                .connection()
                .call(new ClientCall(9, Map.of("a", "b"), new byte[0]), answer -> outcomes.add(String.valueOf(answer)));
        channel.runPendingTasks();
        assertThat(outcomes).isEmpty();

        channel.close().syncUninterruptibly();
        channel.runPendingTasks();

        assertThat(outcomes).containsExactly("null");
    }

    @Test
    void whoSendsTooFastIsReadAgainAfterTenSecondsAtMost() {
        channel.freezeTime();
        channel.writeInbound(request(SEND, 1, ""), request(ECHO, 2, ""));
        assertThat(answers()).extracting(RemotingFrame::opaque).containsExactly(1);
        assertThat(channel.config().isAutoRead()).isFalse();

        channel.advanceTimeBy(10, TimeUnit.SECONDS);

        assertThat(answers()).extracting(RemotingFrame::opaque).containsExactly(2);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void aSilentClientIsLetGoThoughItIsSlowed() {
        channel.freezeTime();
        channel.writeInbound(request(HELD, 1, ""), request(SEND, 2, ""));
        ClientConnection connection = held.get(0).connection();
        connection.sweep(60_000);
        connection.sweep(60_000);
        assertThat(channel.isOpen()).isTrue();

        connection.sweep(60_000);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aSlowedRequestThatCannotBeTakenInEndsTheConnection() {
        channel.freezeTime();
        channel.writeInbound(request(SEND, 1, ""), request(FATAL, 2, "abc"), request(ECHO, 3, "abc"));
        channel.advanceTimeBy(10, TimeUnit.SECONDS);
        channel.runPendingTasks();

        assertThat(channel.isOpen()).isFalse();
        assertThat(admission.bytesInFlight()).isZero();
    }

    @Test
    void whatFailsLaterEndsTheConnection() {
        channel.freezeTime();
        channel.writeInbound(request(HELD, 1, "abc"));
        held.get(0).connection().later(10, () -> {
            throw new IllegalStateException("broken on purpose");
        });
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runPendingTasks();

        assertThat(channel.isOpen()).isFalse();
        assertThat(admission.bytesInFlight()).isZero();
    }

    @Test
    void whatAClientThatHasGoneAskedForHoldsNothing() {
        channel.writeInbound(request(HELD, 1, "x".repeat(60_000)), request(HELD, 2, ""));
        ClientConnection connection = held.get(0).connection();
        held.get(1).begin(ResponseCode.SUCCESS, null);
        held.get(1).end(Unpooled.wrappedBuffer(new byte[100_000]));
        assertThat(connection.isWritable()).isFalse();
        connection.whenWritable(() -> held.get(0).succeed());

        channel.close().syncUninterruptibly();
        channel.runPendingTasks();
        assertThat(admission.bytesInFlight()).isZero();

        held.get(0).leaveUnanswered();
        assertThat(admission.bytesInFlight()).isZero();
    }

    private EmbeddedChannel connect() {
        TurnedClock clock = new TurnedClock(0);
        RateLimitedLog complaints = new RateLimitedLog(LoggerFactory.getLogger(getClass()), clock);
        Dispatcher dispatcher = new Dispatcher(
                Map.of(
                        HELD,
                        (exchange, request) -> held.add(exchange),
                        ECHO,
                        (exchange, request) -> {
                            exchange.begin(ResponseCode.SUCCESS, null);
                            exchange.end(request.body().retain());
                        },
                        BROKEN,
                        (exchange, request) -> {
                            throw new IllegalStateException("broken on purpose");
                        },
                        FATAL,
                        (exchange, request) -> {
                            throw new AssertionError("broken on purpose");
                        },
                        SEND,
                        (exchange, request) -> {
                            exchange.connection().sent(SENT_COUNT, 0, 0);
                            exchange.succeed();
                        }),
                complaints);
        return new EmbeddedChannel(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel opened) {
                LoopContext loop = new LoopContext(opened.eventLoop(), replies, admission, dispatcher, () -> {});
                RemotingFrameDecoder decoder =
                        new RemotingFrameDecoder(admission.limits().wire());
                opened.pipeline()
                        .addLast(decoder, new ConnectionHandler(loop, decoder, new Membership(clock), complaints));
            }
        }) {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
            }
        };
    }

    private List<RemotingFrame> answers() {
        channel.runPendingTasks();
        EmbeddedChannel decoder = new EmbeddedChannel(new RemotingFrameDecoder(WireLimits.DEFAULT));
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            decoder.writeInbound(bytes);
        }
        List<RemotingFrame> answers = new ArrayList<>();
        for (RemotingFrame frame = decoder.readInbound(); frame != null; frame = decoder.readInbound()) {
            frame.release();
            answers.add(frame);
        }
        return answers;
    }

    private static ByteBuf request(int code, int opaque, String body) {
        ByteBuf out = Unpooled.buffer();
        new RemotingFrameEncoder().beginRequest(HeaderFormat.JSON, opaque, code).end(out, body.length());
        out.writeBytes(body.getBytes(StandardCharsets.US_ASCII));
        return out;
    }

    private static ConnectionLimits limits() {
        WireLimits wire = new WireLimits(64 * 1024, 8 * 1024, 64);
        return new ConnectionLimits(
                wire, 1, 4, 2, 100_000, 100_000, 100_000, 64 * 1024, 16 * 1024, 30_000, 120_000, new Rate(1, 0));
    }
}
