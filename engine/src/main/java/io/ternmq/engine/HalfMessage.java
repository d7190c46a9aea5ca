package io.ternmq.engine;

import io.ternmq.SendReceipt;
import io.ternmq.TransactionChecker.Decision;
import java.util.concurrent.CompletableFuture;

/** A message that nobody sees yet. */
public interface HalfMessage {

    /**
     * Where it waits.
     *
     * @return its receipt
     */
    SendReceipt receipt();

    /**
     * Decides what becomes of it.
     *
     * @param decision not {@link Decision#UNKNOWN}
     * @return completes when it is decided
     */
    CompletableFuture<Void> decide(Decision decision);
}
