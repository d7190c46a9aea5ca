package io.ternmq.embedded;

import io.ternmq.broker.ShardListener;
import io.ternmq.runtime.CallbackThread;
import io.ternmq.spi.Address;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the application's log what happens in its queue, and the callbacks' thread when there are some. */
final class EmbeddedEvents implements ShardListener {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedEvents.class);

    private final Address address;
    private final CallbackThread callbacks;

    EmbeddedEvents(Address address, CallbackThread callbacks) {
        this.address = address;
        this.callbacks = callbacks;
    }

    @Override
    public void batchAnswered() {
        callbacks.wake();
    }

    @Override
    public void shardStopped(Throwable cause) {
        LOG.error("The queue '{}' stopped: nothing is written any more. Open it anew to recover.", address, cause);
    }

    @Override
    public void failed(Throwable cause) {
        LOG.error("The log of '{}' failed: nothing is written any more.", address, cause);
    }

    @Override
    public void damaged(long position, long bytes, String reason) {
        LOG.error("Damage in the log of '{}' at position {}, {} bytes: {}", address, position, bytes, reason);
    }

    @Override
    public void tornTailCut(long position, long bytes) {
        LOG.warn("Cut {} bytes at position {} of '{}': the last stop was not clean", bytes, position, address);
    }

    @Override
    public void timeAhead(long aheadMs) {
        if (aheadMs > 0) {
            LOG.warn(
                    "The clock is {} behind the time of the log of '{}': until it has caught up, what waits takes an eighth longer",
                    Duration.ofMillis(aheadMs),
                    address);
        }
    }

    @Override
    public void checkpointFailed(Throwable cause) {
        LOG.warn("A checkpoint of '{}' could not be written; the next one is tried later", address, cause);
    }

    @Override
    public void segmentNotDeleted(String name, Throwable cause) {
        LOG.warn("Segment {} of '{}' could not be deleted or shortened; tried again later", name, address, cause);
    }

    @Override
    public void delayedMessageDropped(String topic, int queueId) {
        LOG.warn("Dropped a delayed message: queue {} of topic {} is no more", queueId, topic);
    }

    @Override
    public void halfMessageLost(long position, String producerGroup) {
        LOG.error("Lost an undecided message of '{}' that could not be read at position {}", producerGroup, position);
    }

    @Override
    public void diskFull(boolean full) {
        if (full) {
            LOG.error("There is no room for '{}': sends are refused until there is", address);
        } else {
            LOG.info("There is room for '{}' again: sends are accepted", address);
        }
    }
}
