package io.ternmq.grpc.send;

import apache.rocketmq.v2.Code;
import io.ternmq.broker.traffic.Throttle;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.CallRefused;
import org.agrona.concurrent.EpochClock;

/**
 * Holds connections to the rate at which they may send: who waits for an answer gets it once what went is made up for, and who
 * does not wait is told to come later. Called in the event loop of the call.
 */
final class SendPace {
    /** A connection is let so far ahead of its rate; beyond it sends are refused. */
    static final long AHEAD_MS_MAX = 1_000;

    private final EpochClock clock;

    SendPace(EpochClock clock) {
        this.clock = clock;
    }

    /** @throws CallRefused when the connection is too far ahead */
    void check(Call<?> call) {
        Throttle sending = call.connection().throttles().sending();
        if (sending != Throttle.OPEN && sending.waitMs(clock.time()) > AHEAD_MS_MAX) {
            throw new CallRefused(Code.TOO_MANY_REQUESTS, "messages come too fast over this connection");
        }
    }

    /** So much was taken in. */
    void sent(Call<?> call, int messages, long bytes) {
        Throttle sending = call.connection().throttles().sending();
        if (sending != Throttle.OPEN) {
            sending.took(messages, bytes, clock.time());
        }
    }

    /** Answers as soon as the connection may go on. */
    <R> void answer(Call<R> call, R response) {
        Throttle sending = call.connection().throttles().sending();
        long waitMs = sending == Throttle.OPEN ? 0 : sending.waitMs(clock.time());
        if (waitMs > 0) {
            call.loop().later(waitMs, () -> call.answer(response));
        } else {
            call.answer(response);
        }
    }
}
