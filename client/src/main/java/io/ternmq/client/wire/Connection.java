package io.ternmq.client.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.ternmq.BusyException;
import io.ternmq.ClosedException;
import io.ternmq.TernMQException;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one server. It connects when something is asked of it, and again when it was lost. What waits in the outbox when the event loop
 * comes round goes out together, and bundled where that is possible, so under load many requests share a frame and a system call, while a
 * single one goes out at once. A request that comes while a lost connection waits to connect again shares the fate of that try.
 *
 * <p>{@link #submit} and {@link #close} are for any thread; all else belongs to the event loop.
 */
public final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int ROUND_REQUESTS_MAX = 4_096;
    private static final int WRITE_BYTES = 64 * 1024;
    /** While so many bundles are under way the next ones gather more, unless there is enough for one already. */
    private static final int BUNDLES_UNDER_WAY = 4;
    /** The same of those that nobody waits for. */
    private static final int PATIENT_BUNDLES_UNDER_WAY = 1;

    private static final int GATHERED_REQUESTS = 256;
    private static final int GATHERED_BYTES = 64 * 1024;
    private static final long TICK_MS = 20;
    /** A server that makes no room for more bytes in so long is given up. */
    private static final long STALL_MS_MAX = 30_000;

    private static final long NOT_STALLED = -1;

    private final ConnectionContext context;
    private final HostPort address;
    private final EventLoop loop;
    private final Queue<Request> outbox = new ManyToOneConcurrentLinkedQueue<>();
    private final AtomicBoolean drainIsDue = new AtomicBoolean();
    private final AtomicInteger heldRequests = new AtomicInteger();
    private final AtomicLong heldBytes = new AtomicLong();
    private final InFlight inFlight;
    private final RequestWriter writer;
    private final Map<Object, Bundle> bundles = new LinkedHashMap<>();
    private int gatheredRequests;
    private long gatheredBytes;
    private int bundlesUnderWay;
    private int patientBundlesUnderWay;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closed;
    private @Nullable Channel channel;
    private boolean connecting;
    private long backOffMs;
    private long notBeforeMs;
    private @Nullable ScheduledFuture<?> ticking;
    private long reads;
    private long stalledSinceMs = NOT_STALLED;

    Connection(ConnectionContext context, HostPort address, EventLoop loop) {
        this.context = context;
        this.address = address;
        this.loop = loop;
        this.inFlight = new InFlight(context.nowMs());
        this.writer = new RequestWriter(context.allocator(), context.newSigner());
    }

    /**
     * Where it leads.
     *
     * @return the server's address
     */
    public HostPort address() {
        return address;
    }

    /**
     * Asks something of the server.
     *
     * @param request is answered or fails, later or at once
     */
    public void submit(Request request) {
        if (closed) {
            request.failed(closedFailure(request));
        } else if (!reserve(request.heldBytes())) {
            request.failed(
                    new BusyException("cannot " + request.what() + ": " + heldRequests + " requests with " + heldBytes
                            + " bytes are under way to " + address + " (expected: at most "
                            + context.limits().requestsMax() + " with "
                            + context.limits().requestBytesMax() + " bytes)"));
        } else {
            outbox.add(request);
            if (drainIsDue.compareAndSet(false, true)) {
                context.execute(loop, this::drain, () -> failOutbox(this::closedFailure));
            }
        }
    }

    /** One request alone may be larger than the limit. */
    private boolean reserve(int bytes) {
        if (heldRequests.incrementAndGet() > context.limits().requestsMax()) {
            heldRequests.decrementAndGet();
            return false;
        }
        long before = heldBytes.getAndAdd(bytes);
        if (before > 0 && before + bytes > context.limits().requestBytesMax()) {
            heldBytes.addAndGet(-bytes);
            heldRequests.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Sends what waits, once there is a connection. */
    private void drain() {
        drainIsDue.set(false);
        Channel open = channel;
        if (open != null) {
            writeOutbox(open);
        } else if (closed) {
            failOutbox(this::closedFailure);
            endWhenIdle();
        } else if (!outbox.isEmpty() || !bundles.isEmpty()) {
            connectSoon();
        }
    }

    private void writeOutbox(Channel open) {
        long nowMs = context.nowMs();
        int count = 0;
        Request request;
        while (count < ROUND_REQUESTS_MAX && open.isWritable() && (request = outbox.poll()) != null) {
            count++;
            Object key = request.bundleKey();
            if (key == null) {
                writeWhatComesBefore(open, request, nowMs);
                write(open, request, nowMs);
            } else {
                gather(open, key, request, nowMs);
            }
        }
        writeBundles(open, nowMs);
        flush(open);
        if (open.isWritable() && !outbox.isEmpty()) {
            drainSoon();
        }
    }

    private void drainSoon() {
        if (drainIsDue.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }

    /** There may be room again for what waits. */
    void writabilityChanged(Channel changed) {
        if (changed == channel && changed.isWritable()) {
            stalledSinceMs = NOT_STALLED;
            drainSoon();
        }
    }

    private void writeWhatComesBefore(Channel open, Request request, long nowMs) {
        Object key = request.comesBehind();
        Bundle before = key == null ? null : bundles.remove(key);
        if (before != null) {
            writeBundle(open, before, nowMs);
        }
    }

    /** Those whose time has come. */
    private void writeBundles(Channel open, long nowMs) {
        boolean isEnough = gatheredRequests >= GATHERED_REQUESTS || gatheredBytes >= GATHERED_BYTES || closed;
        boolean mayGo = isEnough || bundlesUnderWay < BUNDLES_UNDER_WAY;
        boolean mayPatientGo = isEnough || patientBundlesUnderWay < PATIENT_BUNDLES_UNDER_WAY;
        Iterator<Bundle> gathered = bundles.values().iterator();
        while (gathered.hasNext() && open.isWritable()) {
            Bundle bundle = gathered.next();
            if (bundle.isPatient() ? mayPatientGo : mayGo) {
                gathered.remove();
                writeBundle(open, bundle, nowMs);
            }
        }
    }

    private void writeBundle(Channel open, Bundle bundle, long nowMs) {
        Request request = bundle.close();
        gatheredRequests -= request.count();
        gatheredBytes -= request.heldBytes();
        request.gatheredIn(bundle);
        countUnderWay(bundle, 1);
        write(open, request, nowMs);
    }

    private void countUnderWay(Bundle bundle, int by) {
        if (bundle.isPatient()) {
            patientBundlesUnderWay += by;
        } else {
            bundlesUnderWay += by;
        }
    }

    private void gather(Channel open, Object key, Request request, long nowMs) {
        gatheredRequests++;
        gatheredBytes += request.heldBytes();
        Bundle bundle = bundles.get(key);
        if (bundle != null) {
            if (bundle.add(request)) {
                return;
            }
            writeBundle(open, bundle, nowMs);
        }
        bundles.put(key, request.bundle());
    }

    private void write(Channel open, Request request, long nowMs) {
        int opaque = inFlight.nextOpaque();
        request.readsBefore(reads);
        writer.next(opaque, request.isOneWay());
        request.write(writer);
        if (request.isOneWay()) {
            release(request);
            request.answered(null);
        } else {
            inFlight.add(request, opaque, nowMs);
        }
        if (writer.bufferedBytes() >= WRITE_BYTES) {
            writeBuffered(open);
        }
    }

    private void writeBuffered(Channel open) {
        ByteBuf bytes = writer.take();
        if (bytes != null) {
            ChannelFuture unused = open.write(bytes, open.voidPromise());
        }
    }

    private void flush(Channel open) {
        writeBuffered(open);
        open.flush();
        if (open.isWritable()) {
            stalledSinceMs = NOT_STALLED;
        } else if (stalledSinceMs == NOT_STALLED) {
            stalledSinceMs = context.nowMs();
        }
        if (ticking == null && isSomethingUnderWay()) {
            ticking = loop.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** What has gathered goes out as soon as there is room for it. */
    private void goOn() {
        Channel open = channel;
        if (open != null && !bundles.isEmpty()) {
            writeBundles(open, context.nowMs());
            flush(open);
        }
    }

    private boolean isSomethingUnderWay() {
        return !inFlight.isEmpty() || stalledSinceMs != NOT_STALLED;
    }

    private void tick() {
        long nowMs = context.nowMs();
        inFlight.expire(nowMs, this::expired);
        Channel open = channel;
        if (open != null && stalledSinceMs != NOT_STALLED && nowMs - stalledSinceMs >= STALL_MS_MAX) {
            closeSilent(open);
        }
        ScheduledFuture<?> ticks = ticking;
        if (!isSomethingUnderWay() && ticks != null) {
            ticks.cancel(false);
            ticking = null;
        }
        goOn();
        endWhenIdle();
    }

    private void expired(Request late) {
        fail(late, Failures.unanswered(late, address, "did not answer within " + late.timeoutMs() + " ms", null));
        Channel open = channel;
        if (open != null && late.readsBefore() == reads) {
            closeSilent(open);
        }
    }

    /** A host that has gone says nothing, and without this would be written to until the system gives it up, a quarter of an hour later. */
    private void closeSilent(Channel open) {
        LOG.debug("The {} is closed: the server says nothing", this);
        ChannelFuture unused = open.close();
    }

    /** Some bytes came, be it part of an answer. */
    void readSome() {
        reads++;
    }

    private void connectSoon() {
        if (connecting) {
            return;
        }
        connecting = true;
        long waitMs = notBeforeMs - context.nowMs();
        if (waitMs > 0) {
            ScheduledFuture<?> unused = loop.schedule(this::connect, waitMs, TimeUnit.MILLISECONDS);
        } else {
            connect();
        }
    }

    private void connect() {
        if (closed) {
            failOutbox(this::closedFailure);
            endWhenIdle();
            return;
        }
        Bootstrap bootstrap = context.bootstrap(loop, new ConnectionHandler(this), address);
        ChannelFuture attempt = bootstrap.connect(address.host(), address.port());
        attempt.addListener(done -> {
            if (!done.isSuccess()) {
                connectFailed(done.cause());
            }
        });
    }

    void connectFailed(@Nullable Throwable cause) {
        connecting = false;
        backOffMs = Math.min(
                context.limits().backOffMsMax(), Math.max(context.limits().backOffMsMin(), 2 * backOffMs));
        notBeforeMs = context.nowMs() + backOffMs;
        failOutbox(request -> Failures.unreachable(request, address, cause));
    }

    /** The connection is there, and encrypted if it shall be. */
    void connected(Channel open) {
        connecting = false;
        backOffMs = 0;
        if (closed) {
            ChannelFuture unused = open.close();
            return;
        }
        channel = open;
        context.listeners().forEach(listener -> listener.opened(this));
        drain();
    }

    void disconnected(Channel gone, @Nullable Throwable cause) {
        if (connecting && channel == null) {
            connectFailed(cause);
            return;
        }
        if (channel != gone) {
            return;
        }
        channel = null;
        stalledSinceMs = NOT_STALLED;
        writer.release();
        inFlight.drainIf(
                any -> true,
                request -> fail(request, Failures.unanswered(request, address, "closed the connection", cause)));
        if (closed) {
            failOutbox(this::closedFailure);
            endWhenIdle();
        } else {
            notBeforeMs = context.nowMs() + context.limits().backOffMsMin();
            context.listeners().forEach(listener -> listener.lost(this));
            drain();
        }
    }

    void received(RemotingFrame frame) {
        try {
            if (frame.isResponse()) {
                Request request = inFlight.remove(frame.opaque());
                if (request != null) {
                    release(request);
                    request.answered(frame);
                    goOn();
                    endWhenIdle();
                }
            } else {
                answerPush(frame);
            }
        } finally {
            frame.release();
        }
    }

    private void answerPush(RemotingFrame frame) {
        int code = codeFor(frame);
        Channel open = channel;
        if (!frame.isOneway() && open != null) {
            ChannelFuture unused = open.writeAndFlush(context.answer(frame, code), open.voidPromise());
        }
    }

    /** One bad request is no reason to lose the connection, and all that is under way on it. */
    private int codeFor(RemotingFrame push) {
        try {
            return context.pushes().handle(this, push);
        } catch (RuntimeException unreadable) {
            LOG.warn("A request {} of {} cannot be handled", push.code(), address, unreadable);
            return ResponseCode.SYSTEM_ERROR;
        }
    }

    /**
     * Lets go: what can be asked again fails, sends that are under way are waited for.
     *
     * @return completes when nothing is under way any more
     */
    CompletableFuture<Void> close() {
        closed = true;
        context.execute(loop, this::closeHere, () -> ended.complete(null));
        return ended;
    }

    private void closeHere() {
        Channel open = channel;
        if (open == null) {
            failOutbox(this::closedFailure);
        } else {
            writeOutbox(open);
        }
        inFlight.drainIf(Request::isRepeatable, request -> fail(request, closedFailure(request)));
        endWhenIdle();
    }

    private void endWhenIdle() {
        if (!closed || !inFlight.isEmpty() || !outbox.isEmpty()) {
            return;
        }
        ScheduledFuture<?> ticks = ticking;
        if (ticks != null) {
            ticks.cancel(false);
        }
        Channel open = channel;
        if (open != null) {
            ChannelFuture unused = open.close();
        }
        ended.complete(null);
    }

    private TernMQException closedFailure(Request request) {
        return new ClosedException("cannot " + request.what() + ": the queue is closed");
    }

    private void failOutbox(Function<Request, TernMQException> failure) {
        Request request;
        while ((request = outbox.poll()) != null) {
            fail(request, failure.apply(request));
        }
        for (Bundle bundle : bundles.values()) {
            Request gathered = bundle.close();
            fail(gathered, failure.apply(gathered));
        }
        bundles.clear();
        gatheredRequests = 0;
        gatheredBytes = 0;
    }

    private void fail(Request request, TernMQException failure) {
        release(request);
        request.failed(failure);
    }

    private void release(Request request) {
        Bundle bundle = request.gatheredIn();
        if (bundle != null) {
            request.gatheredIn(null);
            countUnderWay(bundle, -1);
        }
        heldRequests.addAndGet(-request.count());
        heldBytes.addAndGet(-request.heldBytes());
    }

    @Override
    public String toString() {
        return "connection to " + address;
    }
}
