package io.ternmq.broker.retry;

import io.ternmq.broker.catalog.GroupConfig;

/** What becomes of a message that a consumer sends to its group's retry topic itself, when it could not hand it back. */
public final class ResendRule {
    private ResendRule() {}

    /**
     * Decides whether it was tried often enough and goes to the dead letters.
     *
     * @param reconsumeTimes how often it was tried, counted with the try that comes; the 4.x client's orderly consumer, which
     *     sends only what is exhausted, does not count that one
     * @param retryMax the most retries; negative to take the group's own
     * @param inOrder whether the group consumes in order
     */
    public static boolean isExhausted(GroupConfig group, int reconsumeTimes, int retryMax, boolean inOrder) {
        int most = retryMax >= 0 ? retryMax : group.retryMax();
        return reconsumeTimes > most || (inOrder && reconsumeTimes == most);
    }
}
