package io.ternmq.broker.access;

import io.ternmq.broker.member.Connection;
import io.ternmq.broker.record.HalfMessage;

/** Brings questions about transactions to the producers of one protocol. Called on reader threads. */
public interface QuestionCourier {
    /** @return whether the connection is of this protocol and open */
    boolean reaches(Connection producer);

    /** @return whether the producer takes what is written to it; where not, nothing is asked */
    boolean hasRoom(Connection producer);

    /**
     * Asks. Where this throws, nothing was asked, and {@code told} does not run.
     *
     * @param message the half message's record, as its producer knows it
     * @param told run once, when the question no longer waits to be written, also when it never was
     */
    void ask(Connection producer, HalfMessage half, byte[] message, Runnable told);
}
