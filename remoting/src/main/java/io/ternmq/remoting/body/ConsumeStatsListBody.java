package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * How far all groups of a broker have consumed.
 *
 * @param brokerAddress the broker's address
 * @param groups by group, one element a topic
 */
public record ConsumeStatsListBody(String brokerAddress, Map<String, List<ConsumeStatsBody>> groups)
        implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        long lag = groups.values().stream()
                .flatMap(List::stream)
                .mapToLong(ConsumeStatsBody::lag)
                .sum();
        json.writeStartObject();
        json.writeStringField("brokerAddr", brokerAddress);
        json.writeArrayFieldStart("consumeStatsList");
        for (Map.Entry<String, List<ConsumeStatsBody>> group : groups.entrySet()) {
            json.writeStartObject();
            json.writeArrayFieldStart(group.getKey());
            for (ConsumeStatsBody stats : group.getValue()) {
                stats.writeTo(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("totalDiff", lag);
        json.writeNumberField("totalInflightDiff", 0);
        json.writeEndObject();
    }
}
