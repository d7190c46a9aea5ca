package io.ternmq.engine;

import io.ternmq.Partition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message as an engine reads it.
 *
 * @param partition  where it lies; of a retry: where it lay first
 * @param offset     where in the partition
 * @param id         names it for ever
 * @param body       what it says, not compressed
 * @param marks      what the sender said about it
 * @param properties what the sender added, without what the queue added
 * @param attempt    which attempt of its group this is, 1 for the first
 * @param sentAt     when it was made, by the sender's clock
 * @param storedAt   when it was stored
 * @param origin     what the engine needs to answer or give it back
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record StoredMessage(
        Partition partition,
        long offset,
        String id,
        byte[] body,
        Marks marks,
        Map<String, String> properties,
        int attempt,
        Instant sentAt,
        Instant storedAt,
        Object origin) {

    /**
     * What the sender said about a message.
     *
     * @param keys          what it is found by
     * @param tag           what consumers filter by
     * @param orderingGroup what it is in order with
     * @param lane          who sees it first
     * @param priority      how urgent it is
     */
    public record Marks(
            List<String> keys,
            Optional<String> tag,
            Optional<String> orderingGroup,
            Optional<String> lane,
            int priority) {}
}
