package io.ternmq.broker.lease;

import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.state.ShardState;
import java.util.function.IntPredicate;

/**
 * Somebody of a group who wants messages of a topic and may wait for them; it costs an object until then, not a thread.
 * {@link #committed()} says that {@link #result()} is known.
 */
public abstract class LeaseWait extends Command implements Deadlines.Timed {
    /** Any queue of the topic. */
    public static final int ANY_QUEUE = -1;

    /** What became of it. */
    public enum Result {
        /** There is something. */
        FOUND,
        /** There was nothing until the deadline. */
        NOTHING,
        /** Too many wait already. */
        TOO_MANY_WAIT
    }

    /**
     * What is wanted.
     *
     * @param group an existing group
     * @param topic a topic that exists
     * @param queueId one of its queues, or {@link #ANY_QUEUE}
     * @param fromLatest where a group begins of which nothing is known and whose queue has lost its first message: at the
     *     queue's end, or else at its first message
     * @param tagFilter passes hashes of tags; what it refuses is done for the group
     * @param ordered whether messages of one ordering key are handed out one group after the other, in their order
     * @param withRetries whether what came back to the group's retry topic is taken besides, of whichever topic it was
     * @param deadlineMs until when to wait, in milliseconds since 1970; 0 not to wait
     */
    public record Request(
            String group,
            String topic,
            int queueId,
            boolean fromLatest,
            IntPredicate tagFilter,
            boolean ordered,
            boolean withRetries,
            long deadlineMs) {}

    private final Leases leases;
    private final Request request;
    private long timerId = Deadlines.NONE;
    private boolean over;
    private Result result = Result.NOTHING;

    LeaseWait(Leases leases, Request request) {
        this.leases = leases;
        this.request = request;
    }

    @Override
    public final void decide(Decision decision) {
        if (decision.admitsChange(this)) {
            leases.decide(this, decision);
        }
    }

    /** @return what is wanted */
    public final Request request() {
        return request;
    }

    /** @return what became of it, once it is answered */
    public final Result result() {
        return result;
    }

    /** @return whether nobody is there any more to be told; such a one is dropped when it is met */
    public abstract boolean isAbandoned();

    /** @return whether there was something, which it now has */
    abstract boolean take(TopicLeases topic, Choice choice, Decision decision);

    @Override
    public final void due(long nowMs) {
        leases.waitIsOver(this);
    }

    final void end(Result newResult) {
        result = newResult;
    }

    final boolean mayWait(long nowMs) {
        return !over && request.deadlineMs > nowMs;
    }

    final boolean isWaiting() {
        return timerId != Deadlines.NONE;
    }

    final void beginWaiting(Deadlines deadlines) {
        timerId = deadlines.schedule(this, request.deadlineMs);
    }

    final void endWaiting(Deadlines deadlines) {
        deadlines.cancel(timerId);
        timerId = Deadlines.NONE;
    }

    /** It is asked once more, and does not wait then. */
    final void isOver() {
        over = true;
        timerId = Deadlines.NONE;
    }

    /** Refuses where the group or the topic is gone. @return whether one is */
    final boolean refuseGone(ShardState state) {
        if (state.groups().get(request.group) == null) {
            refuse(Refusal.UNKNOWN_GROUP, "group: " + request.group + " (expected: one that exists)");
            return true;
        }
        if (state.topics().get(request.topic) == null) {
            refuse(Refusal.UNKNOWN_TOPIC, "topic: " + request.topic + " (expected: one that exists)");
            return true;
        }
        return false;
    }
}
