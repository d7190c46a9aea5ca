package io.ternmq.broker.timer;

import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.Refusal;

/** Leaves the current second, of which everything has fired, for a later one. */
final class MoveHand extends Command {
    private final long second;

    MoveHand(long second) {
        this.second = second;
    }

    @Override
    public void decide(Decision decision) {
        PlaceTimer.moveHand(decision, second);
    }

    @Override
    protected void committed() {}

    /** Only when the shard stops. */
    @Override
    protected void refused(Refusal reason, String detail) {}
}
