package io.ternmq.broker.access;

import io.ternmq.broker.Shard;
import io.ternmq.broker.claim.QueueClaim;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.broker.member.Connection;
import io.ternmq.broker.member.Membership;
import io.ternmq.broker.record.CommittedOffset;
import org.jspecify.annotations.Nullable;

/**
 * Which members of a group may read a queue by offset just now, as others of the group may take from it by lease. Who is no member, or
 * of a group whose members get every message each, reads as he likes. Thread-safe.
 */
public final class QueueTurns {
    /** So often a member asks again for a queue that others take from by lease, in milliseconds. */
    public static final long ASK_AGAIN_MS = 500;

    private final Shard shard;
    private final Membership membership;

    QueueTurns(Shard shard, Membership membership) {
        this.shard = shard;
        this.membership = membership;
    }

    /**
     * @return the claim that the member behind the connection needs, be it its own by now or not; null when it needs none
     */
    public @Nullable QueueClaim claim(String group, String topic, int queueId, Connection connection) {
        QueueClaim known = shard.claims().find(group, topic, queueId);
        if (known != null && known.isOf(connection)) {
            return known;
        }
        if (!membership.sharesByOffset(group, connection)) {
            return null;
        }
        return known == null ? QueueClaim.NONE : known;
    }

    /** The member behind the connection gives a sign of life. @return whether it may read now; where not, it asks for the queue */
    public boolean isOpen(QueueClaim claim, Connection connection) {
        return claim.isHeldBy(connection, shard.timeMs());
    }

    /** Asks for a queue that is not the member's own. The outcome says whether it is now; else the member may ask again later. */
    public Command ask(QueueRef queue, Connection connection, Outcome<Boolean> outcome) {
        return shard.leases().giveToReader(queue, connection, outcome);
    }

    /** @return the claim of a queue that the member has {@link #ask asked} for, once it was answered: who is gone by then does not keep it */
    public @Nullable QueueClaim asked(QueueRef queue, Connection connection) {
        QueueClaim claim = shard.claims().find(queue.group(), queue.topic(), queue.queueId());
        if (claim != null && !connection.isOpen()) {
            claim.left(connection);
        }
        return claim;
    }

    /** @return what takes note of where a group goes on, as somebody behind the connection says; a member's word is a sign of life */
    public Command commit(CommittedOffset offset, Connection connection, Outcome<CommittedOffset> outcome) {
        QueueClaim claim = claim(offset.group(), offset.topic(), offset.queueId(), connection);
        boolean unused = claim != null && isOpen(claim, connection);
        return commit(offset, claim, outcome);
    }

    /** The same for what comes with a pull, which is a sign of life itself. */
    public Command commit(CommittedOffset offset, @Nullable QueueClaim claim, Outcome<CommittedOffset> outcome) {
        return claim == null
                ? StateCommands.commitOffset(offset, outcome)
                : StateCommands.reportOffset(offset, outcome);
    }

    /** A member has left its group. */
    void left(String group, Connection connection) {
        shard.claims().left(group, connection, shard.timeMs());
    }
}
