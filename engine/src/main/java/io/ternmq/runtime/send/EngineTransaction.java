package io.ternmq.runtime.send;

import io.ternmq.OutcomeUnknownException;
import io.ternmq.SendReceipt;
import io.ternmq.Transaction;
import io.ternmq.TransactionChecker.Decision;
import io.ternmq.engine.HalfMessage;
import io.ternmq.runtime.message.Awaiting;

/** A half message in the hands of the one who decides. */
public final class EngineTransaction implements Transaction {

    private final HalfMessage half;
    private boolean decided;

    public EngineTransaction(HalfMessage half) {
        this.half = half;
    }

    @Override
    public SendReceipt receipt() {
        return half.receipt();
    }

    @Override
    public void commit() {
        decide(Decision.COMMIT);
    }

    @Override
    public void rollback() {
        decide(Decision.ROLLBACK);
    }

    @Override
    public void close() {
        if (!decided) {
            rollback();
        }
    }

    private void decide(Decision decision) {
        if (decided) {
            throw new IllegalStateException("the transaction is already decided");
        }
        try {
            Awaiting.get(half.decide(decision));
            decided = true;
        } catch (OutcomeUnknownException e) {
            decided = true; // the checker will be asked
            throw e;
        }
    }
}
