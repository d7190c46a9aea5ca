package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/**
 * How many timed messages wait.
 *
 * @param counts their number by topic
 * @param timeMs when they were counted, in milliseconds since 1970
 */
public record TimerMetricsBody(Map<String, Long> counts, long timeMs) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("timingCount");
        for (Map.Entry<String, Long> row : counts.entrySet()) {
            json.writeObjectFieldStart(row.getKey());
            json.writeNumberField("count", row.getValue());
            json.writeNumberField("timeStamp", timeMs);
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
