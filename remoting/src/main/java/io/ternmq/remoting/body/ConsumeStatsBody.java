package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/**
 * How far a group has consumed.
 *
 * @param queues one row a queue
 */
public record ConsumeStatsBody(Map<QueueName, Progress> queues) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("consumeTps", 0);
        QueueTable.write(json, "offsetTable", queues);
        json.writeEndObject();
    }

    /** @return how many messages the group has not consumed */
    public long lag() {
        return queues.values().stream()
                .mapToLong(progress -> progress.maxOffset() - progress.committedOffset())
                .sum();
    }

    /**
     * A group's progress in one queue.
     *
     * @param maxOffset the offset of the queue's next message
     * @param committedOffset the offset that the group consumes next
     * @param pulledOffset the offset that the group was given next, as far as it is known
     * @param lastConsumedMs when the last consumed message was stored; 0 when it is not known
     */
    public record Progress(long maxOffset, long committedOffset, long pulledOffset, long lastConsumedMs)
            implements JsonBody {
        @Override
        public void writeTo(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeNumberField("brokerOffset", maxOffset);
            json.writeNumberField("consumerOffset", committedOffset);
            json.writeNumberField("lastTimestamp", lastConsumedMs);
            json.writeNumberField("pullOffset", pulledOffset);
            json.writeEndObject();
        }
    }
}
