package io.ternmq.broker.transaction;

/**
 * What a producer decided.
 *
 * @param id the position of the half message, as the answer to its sender told it
 * @param offset the offset of the half message, as the answer to its sender told it
 * @param producerGroup the group of who decides, which must be the sender's
 * @param verdict what becomes of it
 */
public record TransactionEnd(long id, long offset, String producerGroup, Verdict verdict) {
    /** What a producer can say. */
    public enum Verdict {
        /** Consumers shall see it. */
        COMMIT,
        /** Nobody shall see it. */
        ROLL_BACK
    }
}
