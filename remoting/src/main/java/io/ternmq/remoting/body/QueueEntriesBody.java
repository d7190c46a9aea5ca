package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ternmq.broker.member.Subscription;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the index knows of some messages of a queue.
 *
 * @param minOffset the offset of the queue's oldest message
 * @param maxOffset the offset of its next message
 * @param entries one after the other
 * @param subscription what the group that was asked about wants; null where it is not there, or none was asked about
 * @param note something to be said about that group; empty for nothing
 */
public record QueueEntriesBody(
        long minOffset,
        long maxOffset,
        List<Entry> entries,
        @Nullable Subscription subscription,
        String note) implements JsonBody {
    /**
     * One message.
     *
     * @param position where its record lies in the log
     * @param sizeBytes how long it is; 0 where there is no message any more
     * @param tagHash of its tag
     * @param wanted whether the group wants it, as far as the index knows
     */
    public record Entry(long position, int sizeBytes, int tagHash, boolean wanted) {}

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (!note.isEmpty()) {
            json.writeStringField("filterData", note);
        }
        json.writeNumberField("maxQueueIndex", maxOffset);
        json.writeNumberField("minQueueIndex", minOffset);
        json.writeArrayFieldStart("queueData");
        for (Entry entry : entries) {
            json.writeStartObject();
            json.writeBooleanField("eval", entry.wanted());
            if (entry.sizeBytes() == 0) {
                json.writeStringField("msg", "no message is at this offset any more");
            }
            json.writeNumberField("physicOffset", entry.position());
            json.writeNumberField("physicSize", entry.sizeBytes());
            json.writeNumberField("tagsCode", entry.tagHash());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (subscription != null) {
            json.writeFieldName("subscriptionData");
            SubscriptionJson.write(json, subscription);
        }
        json.writeEndObject();
    }
}
