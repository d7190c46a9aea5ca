package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/**
 * The offsets to which queues were reset.
 *
 * @param offsets the next offset to consume, by queue
 */
public record OffsetTableBody(Map<QueueName, Long> offsets) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        QueueTable.writeNumbers(json, "offsetTable", offsets);
        json.writeEndObject();
    }

    /** @return the same for clients that cannot read maps with objects as keys */
    public JsonBody asList() {
        return json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("offsetTable");
            for (Map.Entry<QueueName, Long> row : offsets.entrySet()) {
                json.writeStartObject();
                json.writeStringField("brokerName", row.getKey().brokerName());
                json.writeNumberField("offset", row.getValue());
                json.writeNumberField("queueId", row.getKey().queueId());
                json.writeStringField("topic", row.getKey().topic());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }
}
