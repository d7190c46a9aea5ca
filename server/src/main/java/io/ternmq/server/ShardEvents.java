package io.ternmq.server;

import io.ternmq.broker.ShardListener;
import io.ternmq.broker.access.CommittedReplies;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators what happens in a shard, and the network when a batch is answered. */
final class ShardEvents implements ShardListener {

    private static final Logger LOG = LoggerFactory.getLogger(ShardEvents.class);

    private final CommittedReplies replies;

    ShardEvents(CommittedReplies replies) {
        this.replies = replies;
    }

    @Override
    public void batchAnswered() {
        replies.handOver();
    }

    @Override
    public void shardStopped(Throwable cause) {
        LOG.error("The shard stopped: nothing is written any more, reads go on. Restart the server to recover.", cause);
    }

    @Override
    public void failed(Throwable cause) {
        LOG.error("The log failed: nothing is written any more.", cause);
    }

    @Override
    public void damaged(long position, long bytes, String reason) {
        LOG.error("Damage in the log at position {}, {} bytes: {}", position, bytes, reason);
    }

    @Override
    public void tornTailCut(long position, long bytes) {
        LOG.warn(
                "Cut {} bytes at position {} that nobody was told are stored: the last stop was not clean",
                bytes,
                position);
    }

    @Override
    public void delayedMessageDropped(String topic, int queueId) {
        LOG.warn("Dropped a delayed message: queue {} of topic {} is no more", queueId, topic);
    }

    @Override
    public void halfMessageLost(long position, String producerGroup) {
        LOG.error(
                "Lost a transactional message of the producer group '{}' that was not decided: it could not be read at"
                        + " position {} when retention came to it",
                producerGroup,
                position);
    }

    @Override
    public void timeAhead(long aheadMs) {
        if (aheadMs == 0) {
            LOG.info("The clock has caught up with the time of the log");
        } else {
            LOG.warn(
                    "The clock is {} behind the time of the log: it was set back, or it was wrong when the log was written."
                            + " Until it has caught up, which takes eight times as long, what waits takes an eighth longer"
                            + " and what was sent for a moment comes by the time of the log. If the clock is wrong, set it;"
                            + " if it was wrong and so long is too long, have everything consumed and start with an empty"
                            + " data folder.",
                    Duration.ofMillis(aheadMs));
        }
    }

    @Override
    public void retentionHeld(long bytes) {
        LOG.warn(
                "The log is larger or older than its retention says: most of the {} bytes beyond are timed messages that"
                        + " still wait, so nothing is freed until more of the log is done",
                bytes);
    }

    @Override
    public void checkpointKept(long position, long bytes) {
        LOG.debug("Checkpoint of {} bytes at position {}", bytes, position);
    }

    @Override
    public void checkpointFailed(Throwable cause) {
        LOG.warn("A checkpoint could not be written; the next one is tried later", cause);
    }

    @Override
    public void segmentDeleted(String name) {
        LOG.info("Deleted segment {}: retention", name);
    }

    @Override
    public void segmentNotDeleted(String name, Throwable cause) {
        LOG.warn("Segment {} could not be deleted or shortened, and keeps its room; tried again later", name, cause);
    }

    @Override
    public void diskFull(boolean full) {
        if (full) {
            LOG.error("The disk is full but for its reserve: sends are refused until there is room");
        } else {
            LOG.info("There is room on the disk again: sends are accepted");
        }
    }
}
