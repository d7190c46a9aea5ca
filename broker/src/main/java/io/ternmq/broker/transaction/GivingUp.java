package io.ternmq.broker.transaction;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.record.HalfDecided;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.log.CommitLog;
import java.util.Map;
import java.util.Objects;

/** Puts half messages that nobody decided on where an operator finds them. Shard thread only. */
final class GivingUp {
    /** What one command copies at most, but for the last copy's overhang. */
    private static final long COPIED_BYTES_MAX = 256 * 1024;

    private static final TopicConfig TOPIC =
            new TopicConfig(Names.GIVEN_UP_TOPIC, 1, 1, Permission.READ, false, Map.of());

    private final CommitLog log;
    private final HalfMessageCopier copier;
    private long copiedBytes;

    GivingUp(CommitLog log, HalfMessageCopier copier) {
        this.log = log;
        this.copier = copier;
    }

    /** @return whether there is room for what a command notes beside the copies */
    boolean hasRoom() {
        return log.hasRoom(Decision.RECORDS_BYTES, true);
    }

    /** A command begins. */
    void begin() {
        copiedBytes = 0;
    }

    /** @return false when it is to be tried again: enough was copied, the disk is full, or it cannot be read now */
    boolean giveUp(HalfMessage half, Decision decision) {
        EncodedMessage copy = copiedBytes < COPIED_BYTES_MAX ? copier.givenUp(half) : null;
        if (copy == null || !log.hasRoom(copy.logBytes() + Decision.RECORDS_BYTES, true)) {
            return false;
        }
        copiedBytes += copy.length();
        decision.append(copy, topic(decision).queueNo(0));
        decision.append(new HalfDecided(half.id(), HalfDecided.Fate.GIVEN_UP));
        return true;
    }

    private static Topic topic(Decision decision) {
        Topic known = decision.state().topics().get(TOPIC.name());
        if (known != null) {
            return known;
        }
        decision.state().topics().decidePut(TOPIC).ifPresent(decision::append);
        return Objects.requireNonNull(decision.state().topics().get(TOPIC.name()));
    }
}
