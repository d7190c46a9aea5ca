package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * A queue as clients name it.
 *
 * @param topic the topic's name
 * @param brokerName which broker has it
 * @param queueId its number within the topic and broker
 */
public record QueueName(String topic, String brokerName, int queueId) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("brokerName", brokerName);
        json.writeNumberField("queueId", queueId);
        json.writeStringField("topic", topic);
        json.writeEndObject();
    }
}
