package io.ternmq.client.wire;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** What was written and is not answered yet, with its deadlines on a wheel. For one event loop. */
final class InFlight {

    /** So late at most is a time-out noticed, besides the period in which {@link #expire} is called. */
    private static final long TICK_MS = 16;

    private static final int TICKS = 1_024;
    private static final int EXPIRED_AT_ONCE_MAX = 1_024;

    private final Int2ObjectHashMap<Request> byOpaque = new Int2ObjectHashMap<>();
    private final Long2ObjectHashMap<Request> byTimer = new Long2ObjectHashMap<>();
    private final DeadlineTimerWheel wheel;
    private int lastOpaque;

    InFlight(long nowMs) {
        wheel = new DeadlineTimerWheel(TimeUnit.MILLISECONDS, nowMs, TICK_MS, TICKS);
    }

    boolean isEmpty() {
        return byOpaque.isEmpty();
    }

    int nextOpaque() {
        return ++lastOpaque;
    }

    void add(Request request, int opaque, long nowMs) {
        if (wheel.timerCount() == 0) {
            wheel.resetStartTime(nowMs);
        }
        request.opaque(opaque);
        request.timerId(wheel.scheduleTimer(nowMs + request.timeoutMs()));
        byOpaque.put(opaque, request);
        byTimer.put(request.timerId(), request);
    }

    @Nullable
    Request remove(int opaque) {
        Request request = byOpaque.remove(opaque);
        if (request != null) {
            wheel.cancelTimer(request.timerId());
            byTimer.remove(request.timerId());
        }
        return request;
    }

    /** Takes out what is too late. */
    void expire(long nowMs, Consumer<Request> late) {
        do {
            wheel.poll(nowMs, (unit, now, timerId) -> expired(timerId, late), EXPIRED_AT_ONCE_MAX);
        } while (wheel.timerCount() > 0 && wheel.currentTickTime() < nowMs);
    }

    /** Takes some out. */
    void drainIf(Predicate<Request> condition, Consumer<Request> each) {
        for (Request request : byOpaque.values().toArray(new Request[0])) {
            if (condition.test(request)) {
                remove(request.opaque());
                each.accept(request);
            }
        }
    }

    private boolean expired(long timerId, Consumer<Request> late) {
        Request request = byTimer.remove(timerId);
        if (request != null) {
            byOpaque.remove(request.opaque());
            late.accept(request);
        }
        return true;
    }
}
