package io.ternmq.remoting.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.member.Connection;
import io.ternmq.broker.traffic.ClientThrottles;
import io.ternmq.broker.traffic.Throttle;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.remoting.HeaderFormat;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RemotingFrameEncoder;
import io.ternmq.protocol.remoting.RequestCode;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection. Event-loop thread only, but for what {@link Connection} promises and {@link #call}.
 *
 * <p>Small answers gather in one buffer, which is written when the loop has nothing more to answer for the moment. The
 * connection is not read while too many of its requests are under way or too much waits to be written to it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails shows as the end of the connection
public final class ClientConnection implements Connection {
    private static final int BUFFER_BYTES = 4 * 1024;
    private static final int BUFFER_BYTES_MAX = 32 * 1024;
    private static final int COPIED_BYTES_MAX = 2 * 1024;

    private final Channel channel;
    private final LoopContext loop;
    private final HostAddress peer;
    private final String remoteAddress;
    private final PendingCalls calls = new PendingCalls();
    private final Queue<Completion> untilWritable = new ArrayDeque<>();
    private final ClientThrottles throttles;
    private final BiConsumer<ClientConnection, RemotingFrame> receiver;
    private @Nullable ByteBuf buffer;
    private boolean unflushed;
    private boolean readPaused;
    private int requestsInFlight;
    private long requestBytes;
    private boolean gone;
    private int waitingPulls;
    /** What came with the bytes that were read last, while too much was sent. */
    private final Queue<RemotingFrame> slowed = new ArrayDeque<>();

    private @Nullable Future<?> sendPause;
    private boolean heardOf;
    private long silentMs;
    private long stalledMs;

    /** @param receiver takes the client's frames in */
    ClientConnection(
            Channel channel, LoopContext loop, HostAddress peer, BiConsumer<ClientConnection, RemotingFrame> receiver) {
        this.receiver = receiver;
        this.channel = channel;
        this.loop = loop;
        this.peer = peer;
        this.remoteAddress = peer.toString();
        this.throttles = new ClientThrottles(loop.admission().limits().sends(), 0);
    }

    /** @return the client's side of the connection */
    public HostAddress peer() {
        return peer;
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean isOpen() {
        return channel.isActive();
    }

    /** @return for buffers that will be written to this connection */
    public ByteBuf allocate(int bytes) {
        return channel.alloc().directBuffer(bytes);
    }

    /** @return whether one more pull may wait; then it does not count as a request in flight until it ends waiting */
    public boolean beginWaiting() {
        if (waitingPulls >= loop.admission().limits().waitingPullsMax()) {
            return false;
        }
        waitingPulls++;
        requestsInFlight--;
        resumeReading();
        return true;
    }

    /** A pull is worked on again. */
    public void endWaiting() {
        waitingPulls--;
        requestsInFlight++;
    }

    /** Runs it now if the client reads its answers, else as soon as it does; never once the client has gone. */
    public void whenWritable(Completion work) {
        if (isWritable()) {
            work.finish();
        } else {
            untilWritable.add(work);
        }
    }

    /** @return whether the client reads its answers: what waits for that would run now */
    public boolean isWritable() {
        return channel.isWritable() && untilWritable.isEmpty();
    }

    /** @return what holds this connection to its rates */
    public ClientThrottles throttles() {
        return throttles;
    }

    /** Runs it in the event loop after so many milliseconds, also when the client has gone by then. */
    public void later(long delayMs, Completion work) {
        Future<?> unused = schedule(work::finish, delayMs);
    }

    /** Takes a frame in, after those that wait because the client sent too fast. */
    void inTurn(RemotingFrame frame) {
        if (sendPause == null) {
            receiver.accept(this, frame);
        } else {
            frame.body().retain();
            slowed.add(frame);
        }
    }

    /**
     * The client's messages were taken in. Where they come too fast, it is not read until that is made up for, and at most for
     * {@link ConnectionLimits#sendPauseMsMax}: then one more request is taken in.
     */
    public void sent(int messages, long bytes, long nowMs) {
        Throttle sending = throttles.sending();
        if (sending == Throttle.OPEN) {
            return;
        }
        sending.took(messages, bytes, nowMs);
        long waitMs = sending.waitMs(nowMs);
        if (waitMs > 0) {
            pauseReading();
            endSendPause();
            long pauseMs = Math.min(waitMs, loop.admission().limits().sendPauseMsMax());
            sendPause = schedule(this::sendPauseIsOver, pauseMs);
        }
    }

    /** @return whether all clients together take what is read for them; where not, more should not be read */
    public boolean hasRoomOutbound() {
        return loop.admission().hasRoomOutbound();
    }

    @Override
    public void membersChanged(String group) {
        execute(() -> {
            loop.encoder()
                    .beginOneway(HeaderFormat.JSON, calls.nextOpaque(), RequestCode.NOTIFY_CONSUMER_IDS_CHANGED)
                    .field("consumerGroup", group);
            write(loop.encoder(), Unpooled.EMPTY_BUFFER);
        });
    }

    @Override
    public void close() {
        channel.close();
    }

    /** Any thread: asks the client; the outcome is told in this connection's event loop. */
    public void call(ClientCall call, ClientCall.Outcome outcome) {
        execute(() -> {
            int opaque = calls.nextOpaque();
            if (!isOpen() || !calls.expect(opaque, outcome)) {
                outcome.ended(null);
            } else {
                send(loop.encoder().beginRequest(HeaderFormat.JSON, opaque, call.code()), call);
                Future<?> unused = schedule(() -> calls.giveUp(opaque), ClientCall.ANSWER_MS_MAX);
            }
        });
    }

    /** Any thread: tells the client something that it does not answer. */
    public void tell(ClientCall call) {
        tell(call, () -> {});
    }

    /**
     * Any thread: tells the client something that it does not answer.
     *
     * @param told run in the event loop once the call no longer waits for it
     */
    public void tell(ClientCall call, Runnable told) {
        execute(() -> {
            try {
                if (isOpen()) {
                    send(loop.encoder().beginOneway(HeaderFormat.JSON, calls.nextOpaque(), call.code()), call);
                }
            } finally {
                told.run();
            }
        });
    }

    LoopContext loop() {
        return loop;
    }

    /** A request begins, for which so many bytes are held. */
    void asked(int heldBytes) {
        requestBytes += heldBytes;
        requestsInFlight++;
        if (requestsInFlight >= loop.admission().limits().requestsInFlightMax()) {
            pauseReading();
        }
    }

    /** A request has its answer. */
    void answered(int heldBytes) {
        if (!gone) {
            requestBytes -= heldBytes;
            loop.admission().releaseRequest(heldBytes);
        }
        requestsInFlight--;
        resumeReading();
    }

    void answeredByClient(RemotingFrame answer) {
        calls.answered(answer);
    }

    void heardOfClient() {
        heardOf = true;
    }

    /** Ends what the encoder has begun and takes the body over. */
    void write(RemotingFrameEncoder encoder, ByteBuf body) {
        ByteBuf out = buffer;
        if (out == null) {
            out = channel.alloc().directBuffer(BUFFER_BYTES, BUFFER_BYTES_MAX * 16);
            buffer = out;
        }
        encoder.end(out, body.readableBytes());
        if (body.readableBytes() > COPIED_BYTES_MAX) {
            writeBuffer();
            writeCounted(body);
        } else {
            out.writeBytes(body);
            body.release();
            if (out.readableBytes() >= BUFFER_BYTES_MAX) {
                writeBuffer();
            }
        }
        if (!unflushed) {
            unflushed = true;
            loop.hasUnflushed(this);
        }
    }

    void flush() {
        unflushed = false;
        writeBuffer();
        channel.flush();
    }

    void writabilityChanged() {
        if (channel.isWritable()) {
            stalledMs = 0;
            resumeReading();
            while (channel.isWritable() && !untilWritable.isEmpty()) {
                untilWritable.remove().finish();
            }
        } else {
            pauseReading();
        }
    }

    /** Ends the connection when the client is silent or leaves its answers unread. */
    void sweep(long passedMs) {
        silentMs = heardOf || waitingPulls > 0 ? 0 : silentMs + passedMs;
        heardOf = false;
        stalledMs = channel.isWritable() ? 0 : stalledMs + passedMs;
        ConnectionLimits limits = loop.admission().limits();
        if (silentMs >= limits.idleMs() || stalledMs >= limits.stalledMs()) {
            channel.close();
        }
    }

    /** What its requests held counts no more: some will never be answered, as those that waited until the client reads. */
    void closed() {
        gone = true;
        loop.admission().releaseRequest(requestBytes);
        endSendPause();
        slowed.forEach(RemotingFrame::release);
        slowed.clear();
        untilWritable.clear();
        calls.giveUpAll();
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }

    private void send(RemotingFrameEncoder encoder, ClientCall call) {
        for (Map.Entry<String, String> field : call.fields().entrySet()) {
            encoder.field(field.getKey(), field.getValue());
        }
        write(encoder, Unpooled.wrappedBuffer(call.body()));
    }

    private void execute(Runnable step) {
        loop.loop().execute(() -> run(step));
    }

    private Future<?> schedule(Runnable step, long delayMs) {
        return loop.loop().schedule(() -> run(step), delayMs, TimeUnit.MILLISECONDS);
    }

    /** Runs a task of the event loop. One that fails ends the connection, as a frame does that cannot be taken in. */
    private void run(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) { // the top of a task: the loop would keep it to itself
            channel.pipeline().fireExceptionCaught(e);
        } finally {
            loop.settle();
        }
    }

    private void writeCounted(ByteBuf body) {
        int bytes = body.readableBytes();
        Admission admission = loop.admission();
        admission.outboundChanged(bytes);
        channel.write(body).addListener(written -> admission.outboundChanged(-bytes));
    }

    private void writeBuffer() {
        ByteBuf full = buffer;
        if (full != null) {
            buffer = null;
            channel.write(full, channel.voidPromise());
        }
    }

    private void sendPauseIsOver() {
        sendPause = null;
        while (sendPause == null && !slowed.isEmpty()) {
            RemotingFrame frame = slowed.remove();
            try {
                receiver.accept(this, frame);
            } finally {
                frame.release();
            }
        }
        resumeReading();
    }

    private void endSendPause() {
        if (sendPause != null) {
            sendPause.cancel(false);
            sendPause = null;
        }
    }

    private void pauseReading() {
        if (!readPaused) {
            readPaused = true;
            channel.config().setAutoRead(false);
        }
    }

    /** Half of the limit must be free again, so that reading does not stop and go for each request. */
    private void resumeReading() {
        if (readPaused
                && sendPause == null
                && channel.isWritable()
                && requestsInFlight <= loop.admission().limits().requestsInFlightMax() / 2) {
            readPaused = false;
            channel.config().setAutoRead(true);
        }
    }
}
