package io.ternmq.broker.lease;

import io.ternmq.broker.command.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes messages for a member of a group, or waits for some: none of them is given to anybody else until its deadline. */
public abstract class TakeMessages extends LeaseWait {
    /**
     * How much, and for how long.
     *
     * @param countMax at least 1
     * @param bytesMax the first message is handed out however large it is
     * @param invisibleMs how long the others do not see what is taken, in milliseconds; at least 1
     * @param renewal keeps what is taken out of sight for longer, or null
     * @param attemptId names this request: when the same comes again, what it got and nothing was said about since comes back
     *     first; null for one without a name
     */
    public record Terms(
            int countMax,
            int bytesMax,
            long invisibleMs,
            @Nullable Renewal renewal,
            @Nullable String attemptId) {
        /** For who needs neither renewal nor name. */
        public Terms(int countMax, int bytesMax, long invisibleMs) {
            this(countMax, bytesMax, invisibleMs, null, null);
        }
    }

    private final Terms terms;
    private long popTimeMs;
    private long restCount;
    private List<TakenMessages> taken = List.of();

    /** @param leases of the shard that gets the command */
    protected TakeMessages(Leases leases, Request request, Terms terms) {
        super(leases, request);
        this.terms = terms;
    }

    /** @return how much was wanted */
    public final Terms terms() {
        return terms;
    }

    /** @return what was handed out, by queue; empty unless the outcome is {@link Result#FOUND} */
    public final List<TakenMessages> taken() {
        return taken;
    }

    /** @return the time that, with offset and queue, names each of these leases; in milliseconds since 1970 */
    public final long popTimeMs() {
        return popTimeMs;
    }

    /** @return how many messages the queues had that were never handed out, when these were taken; at least */
    public final long restCount() {
        return restCount;
    }

    @Override
    final boolean take(TopicLeases topic, Choice choice, Decision decision) {
        return choice.take(this, topic, decision);
    }

    final void handedOut(List<TakenMessages> messages, long timeMs, long rest) {
        taken = messages;
        popTimeMs = timeMs;
        restCount = rest;
    }
}
