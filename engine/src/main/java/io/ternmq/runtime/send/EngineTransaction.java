package io.ternmq.runtime.send;

import io.ternmq.SendReceipt;
import io.ternmq.Transaction;
import io.ternmq.TransactionChecker.Decision;
import io.ternmq.engine.HalfMessage;
import io.ternmq.runtime.message.Awaiting;
import org.jspecify.annotations.Nullable;

/**
 * A half message in the hands of the one who decides. What was once tried to be decided is never decided otherwise: whoever commits has done the
 * work that the message tells of.
 */
public final class EngineTransaction implements Transaction {

    private final HalfMessage half;
    private @Nullable Decision tried;
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
        if (!decided && tried != Decision.COMMIT) {
            rollback();
        }
    }

    private void decide(Decision decision) {
        if (decided) {
            throw new IllegalStateException("the transaction is already decided");
        }
        if (tried != null && tried != decision) {
            throw new IllegalStateException("decision: " + decision + " (expected: " + tried
                    + " again, which was tried, or the checker's decision)");
        }
        tried = decision;
        Awaiting.get(half.decide(decision));
        decided = true;
    }
}
