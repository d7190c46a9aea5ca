package io.ternmq.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.TernMQException;
import io.ternmq.protocol.remoting.RemotingFrame;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private static final long START_MS = 1_000_000;
    /** How late a wheel of such ticks may be. */
    private static final long TICK_MS = 16;

    @Property(tries = 200)
    void eachIsLateOnceAndNeverEarly(@ForAll @Size(max = 50) List<@IntRange(min = 1, max = 60_000) Integer> timeouts) {
        InFlight inFlight = new InFlight(START_MS);
        for (int timeoutMs : timeouts) {
            inFlight.add(new Timed(timeoutMs), inFlight.nextOpaque(), START_MS);
        }
        List<Timed> late = new ArrayList<>();
        for (long ms = 0; ms <= 61_000; ms += 500) {
            long nowMs = START_MS + ms;
            int before = late.size();
            inFlight.expire(nowMs, request -> late.add((Timed) request));
            for (Timed one : late.subList(before, late.size())) {
                assertThat(one.timeoutMs).isLessThanOrEqualTo(ms).isGreaterThan(ms - 500 - 2 * TICK_MS);
            }
        }
        assertThat(late).hasSize(timeouts.size()).doesNotHaveDuplicates();
        assertThat(inFlight.isEmpty()).isTrue();
    }

    @Test
    void whatIsAnsweredIsNotLate() {
        InFlight inFlight = new InFlight(START_MS);
        Timed request = new Timed(100);
        int opaque = inFlight.nextOpaque();
        inFlight.add(request, opaque, START_MS);
        assertThat(inFlight.remove(opaque)).isSameAs(request);
        assertThat(inFlight.remove(opaque)).isNull();
        inFlight.expire(START_MS + 1_000, late -> {
            throw new AssertionError("late");
        });
    }

    @Test
    void afterALongSilenceTheWheelGoesOnFromNow() {
        InFlight inFlight = new InFlight(START_MS);
        long laterMs = START_MS + 10_000_000_000L;
        inFlight.add(new Timed(100), inFlight.nextOpaque(), laterMs);
        List<Request> late = new ArrayList<>();
        inFlight.expire(laterMs + 50, late::add);
        assertThat(late).isEmpty();
        inFlight.expire(laterMs + 200, late::add);
        assertThat(late).hasSize(1);
    }

    private static final class Timed extends Request {

        private final long timeoutMs;

        Timed(long timeoutMs) {
            this.timeoutMs = timeoutMs;
        }

        @Override
        protected String what() {
            return "wait";
        }

        @Override
        protected int heldBytes() {
            return 1;
        }

        @Override
        protected long timeoutMs() {
            return timeoutMs;
        }

        @Override
        protected void write(RequestWriter out) {
            out.begin(1).end();
        }

        @Override
        protected void answered(RemotingFrame answer) {
            throw new AssertionError("answered");
        }

        @Override
        protected void failed(TernMQException failure) {
            throw new AssertionError(failure);
        }
    }
}
