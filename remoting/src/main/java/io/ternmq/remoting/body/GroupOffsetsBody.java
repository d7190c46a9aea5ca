package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/**
 * The committed offsets of all groups.
 *
 * @param offsets by {@code topic@group}, then by queue id
 */
public record GroupOffsetsBody(Map<String, Map<Integer, Long>> offsets) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        DataVersion.write(json, "dataVersion");
        json.writeObjectFieldStart("offsetTable");
        for (Map.Entry<String, Map<Integer, Long>> group : offsets.entrySet()) {
            writeQueues(json, group.getKey(), group.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** @return offsets by queue id under that field */
    public static JsonBody ofQueues(String field, Map<Integer, Long> offsets) {
        return json -> {
            json.writeStartObject();
            writeQueues(json, field, offsets);
            json.writeEndObject();
        };
    }

    private static void writeQueues(JsonGenerator json, String field, Map<Integer, Long> offsets) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<Integer, Long> queue : offsets.entrySet()) {
            json.writeNumberField(queue.getKey().toString(), queue.getValue());
        }
        json.writeEndObject();
    }
}
