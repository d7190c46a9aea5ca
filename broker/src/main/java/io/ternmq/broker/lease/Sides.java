package io.ternmq.broker.lease;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.claim.QueueClaim;
import io.ternmq.broker.claim.QueueClaims;
import io.ternmq.broker.member.Connection;
import java.util.stream.Stream;

/**
 * Gives queues to members that read them by offset, once those who take from them by lease have gone. A queue is in use by these while
 * messages of it are in somebody's hands; and while somebody of the base asks for its messages and got some within the lock time, or has
 * put one off. Shard thread only.
 */
final class Sides {
    /** Where nobody says that he is there, a message is taken to be in his hands for so long at most. */
    static final long HELD_MS_MAX = 300_000;

    private final LeaseTopics topics;
    private final QueueClaims claims;

    Sides(LeaseTopics topics, QueueClaims claims) {
        this.topics = topics;
        this.claims = claims;
    }

    /** @return whether the queue is the member's now; else it is in use by lease */
    boolean give(QueueRef ref, Connection member, long nowMs) {
        QueueClaim claim = claims.getOrAdd(ref.group(), ref.topic(), ref.queueId());
        TopicLeases topic = topics.get(ref.group(), ref.topic());
        QueueLeases queue = topic == null ? null : topic.queue(ref.queueId());
        if (queue != null && claim.isLeased()) {
            if (isInUse(queue, nowMs)) {
                return false;
            }
            claim.endLease(queue.done(), nowMs);
        }
        claim.give(member, nowMs);
        return true;
    }

    private boolean isInUse(QueueLeases queue, long nowMs) {
        return queue.isInHands(nowMs) || (isAskedFor(queue, nowMs) && queue.isWorkedOn(nowMs - claims.lockMs()));
    }

    /** A member that left may be the one who asked: then who is still there asks again. */
    private boolean isAskedFor(QueueLeases queue, long nowMs) {
        TopicLeases topic = queue.topic();
        long sinceMs = Math.max(nowMs - claims.lockMs(), claims.leftMs(topic.group()));
        return queue.askedMs() > sinceMs
                || waiting(topic).anyMatch(wait -> !wait.isAbandoned() && wait.asksFor(queue.queueId()));
    }

    /** What came back to a group's retry topic is for everybody who waits in the group. */
    private Stream<LeaseWait> waiting(TopicLeases topic) {
        return Names.isRetryTopic(topic.name())
                ? topics.waitedFor(topic.group()).flatMap(each -> each.waiting().stream())
                : topic.waiting().stream();
    }
}
