package io.ternmq.broker.transaction;

import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.broker.record.HalfPrepared;

/** Makes an appended message an undecided one. */
final class PrepareRule implements AppendRule {
    private final String producerGroup;
    private final long immunityMs;
    private final int undecidedMax;

    PrepareRule(String producerGroup, long immunityMs, int undecidedMax) {
        this.producerGroup = producerGroup;
        this.immunityMs = immunityMs;
        this.undecidedMax = undecidedMax;
    }

    @Override
    public boolean admits(Command command, Decision decision) {
        int count = decision.state().halfMessages().count();
        if (count >= undecidedMax) {
            command.refuse(
                    Refusal.BUSY, "transactions: " + count + " undecided (expected: fewer than " + undecidedMax + ")");
        }
        return count < undecidedMax;
    }

    @Override
    public void appended(EncodedMessage message, Decision decision) {
        long position = message.position();
        decision.append(new HalfPrepared(new HalfMessage(
                position, message.queueOffset(), position, producerGroup, 0, decision.nowMs() + immunityMs)));
    }
}
