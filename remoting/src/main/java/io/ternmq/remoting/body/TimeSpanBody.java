package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * From when the messages of a topic are, and how far behind a group is in time.
 *
 * @param queues one row a queue
 */
public record TimeSpanBody(List<QueueSpan> queues) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("consumeTimeSpanSet");
        for (QueueSpan queue : queues) {
            queue.writeTo(json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /**
     * The times of one queue, in milliseconds since 1970; −1 where there is no message.
     *
     * @param queue which queue
     * @param oldestMs when its oldest message was stored
     * @param newestMs when its newest message was stored
     * @param consumedMs when the last message that the group consumed was stored
     * @param delayMs for how long the next message of the group has been waiting; 0 when none is
     */
    public record QueueSpan(QueueName queue, long oldestMs, long newestMs, long consumedMs, long delayMs)
            implements JsonBody {
        @Override
        public void writeTo(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeNumberField("consumeTimeStamp", consumedMs);
            json.writeNumberField("delayTime", delayMs);
            json.writeNumberField("maxTimeStamp", newestMs);
            json.writeFieldName("messageQueue");
            queue.writeTo(json);
            json.writeNumberField("minTimeStamp", oldestMs);
            json.writeEndObject();
        }
    }
}
