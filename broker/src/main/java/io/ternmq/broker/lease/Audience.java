package io.ternmq.broker.lease;

import org.jspecify.annotations.Nullable;

/**
 * Whom a message is for.
 *
 * @param takers those who take from this topic; null for all
 * @param lane those of this lane, or the base while it has nobody; empty for the base; null as long as nobody has looked
 */
record Audience(@Nullable String takers, @Nullable String lane) {
    /** Nothing is known about the message yet. */
    static final Audience UNREAD = new Audience(null, null);

    boolean isRead() {
        return lane != null;
    }

    boolean hasLane() {
        return lane != null && !lane.isEmpty();
    }

    Audience ofTakers(String topic) {
        return new Audience(topic, lane);
    }
}
