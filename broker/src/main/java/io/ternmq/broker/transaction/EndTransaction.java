package io.ternmq.broker.transaction;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.record.HalfDecided;
import io.ternmq.broker.record.HalfMessage;
import org.jspecify.annotations.Nullable;

/** Does what a producer decided: the first decision counts, whatever follows finds nothing undecided. */
final class EndTransaction extends Command {
    private final TransactionEnd end;
    private final HalfMessageCopier copier;
    private final Outcome<TransactionEnd> outcome;

    EndTransaction(TransactionEnd end, HalfMessageCopier copier, Outcome<TransactionEnd> outcome) {
        this.end = end;
        this.copier = copier;
        this.outcome = outcome;
    }

    @Override
    public void decide(Decision decision) {
        HalfMessage half = half(decision);
        if (half == null) {
            refuse(
                    Refusal.UNKNOWN_TRANSACTION,
                    "transaction: position " + end.id() + ", offset " + end.offset() + " of group '"
                            + end.producerGroup() + "' (expected: a half message that is not decided yet)");
        } else if (end.verdict() == TransactionEnd.Verdict.COMMIT) {
            commit(half, decision);
        } else if (decision.admitsRecords(this, Decision.RECORDS_BYTES)) {
            decision.append(new HalfDecided(half.id(), HalfDecided.Fate.ROLLED_BACK));
        }
    }

    @Override
    protected void committed() {
        outcome.committed(end);
    }

    @Override
    protected void refused(Refusal reason, String detail) {
        outcome.refused(reason, detail);
    }

    private @Nullable HalfMessage half(Decision decision) {
        HalfMessage half = decision.state().halfMessages().get(end.id());
        boolean meant = half != null
                && half.offset() == end.offset()
                && half.producerGroup().equals(end.producerGroup());
        return meant ? half : null;
    }

    /** Where it cannot be committed now it stays undecided, and its producers are asked about it again. */
    private void commit(HalfMessage half, Decision decision) {
        HalfMessageCopier.Copy copy = copier.committed(half);
        if (copy == null) {
            refuse(Refusal.BUSY, "half message: position " + half.position() + " (expected: one that can be read)");
            return;
        }
        Topic topic = decision.state().topics().get(copy.topic());
        EncodedMessage message = copy.message();
        if (topic == null || !topic.hasQueue(copy.queueId())) {
            refuse(
                    Refusal.UNKNOWN_TOPIC,
                    "topic: '" + copy.topic() + "', queue " + copy.queueId() + " (expected: one that exists)");
            return;
        }
        int queueNo = topic.queueNo(copy.queueId());
        if (decision.admitsWrite(this, topic.isCompacted() ? message.logBytesIn(queueNo) : message.logBytes())) {
            decision.append(message, queueNo);
            decision.append(new HalfDecided(half.id(), HalfDecided.Fate.COMMITTED));
        }
    }
}
