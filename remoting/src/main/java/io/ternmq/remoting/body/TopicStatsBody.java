package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/**
 * What the queues of a topic hold.
 *
 * @param queues one row a queue
 * @param sentPerSecond messages a second lately
 */
public record TopicStatsBody(Map<QueueName, QueueRange> queues, double sentPerSecond) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        QueueTable.write(json, "offsetTable", queues);
        json.writeNumberField("topicPutTps", sentPerSecond);
        json.writeEndObject();
    }

    /**
     * What a queue holds.
     *
     * @param minOffset the offset of the oldest message
     * @param maxOffset the offset of the next message
     * @param lastStoredMs when the newest message was stored; 0 when there is none
     */
    public record QueueRange(long minOffset, long maxOffset, long lastStoredMs) implements JsonBody {
        @Override
        public void writeTo(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeNumberField("lastUpdateTimestamp", lastStoredMs);
            json.writeNumberField("maxOffset", maxOffset);
            json.writeNumberField("minOffset", minOffset);
            json.writeEndObject();
        }
    }
}
