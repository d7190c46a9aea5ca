package io.ternmq.broker.transaction;

import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.record.HalfCheck;
import io.ternmq.broker.record.HalfChecked;
import io.ternmq.broker.record.HalfMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Has producers asked about half messages that are due, and gives up those that they were asked about often enough. A
 * question is counted before it is asked: after a crash in between it was asked in vain, as if the producer had not
 * answered.
 */
final class CheckDue extends Command {
    private final TransactionSettings settings;
    private final GivingUp givingUp;
    private final TransactionQuestion question;
    private final List<HalfMessage> asked = new ArrayList<>();

    CheckDue(TransactionSettings settings, GivingUp givingUp, TransactionQuestion question) {
        this.settings = settings;
        this.givingUp = givingUp;
        this.question = question;
    }

    @Override
    public void decide(Decision decision) {
        long nextCheckMs = decision.nowMs() + settings.checkIntervalMs();
        List<HalfCheck> rows = new ArrayList<>();
        givingUp.begin();
        for (HalfMessage half : decision.state().halfMessages().due(decision.nowMs(), CheckBacks.COUNT_MAX)) {
            if (half.checks() < settings.checksMax()) {
                asked.add(half.checked(half.checks() + 1, nextCheckMs));
                rows.add(new HalfCheck(half.id(), half.checks() + 1, nextCheckMs));
            } else if (!givingUp.giveUp(half, decision)) {
                rows.add(new HalfCheck(half.id(), half.checks(), nextCheckMs));
            }
        }
        if (!rows.isEmpty()) {
            decision.append(new HalfChecked(rows));
        }
    }

    @Override
    protected void committed() {
        asked.forEach(question::ask);
    }

    /** Only when the shard stops: the next start asks. */
    @Override
    protected void refused(Refusal reason, String detail) {}
}
