package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/**
 * Which offset each member of a group has reached in each queue, as the members themselves said.
 *
 * @param tables by client id, the member's own table as it wrote it
 */
public record ConsumerStatusBody(Map<String, String> tables) implements JsonBody {
    /** @return the table in what a member answered; an empty one when there is none */
    public static String tableOf(String memberAnswer) {
        return Objects.requireNonNullElse(ClientText.cut(memberAnswer, "messageQueueTable"), "{}");
    }

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("consumerTable");
        for (Map.Entry<String, String> table : tables.entrySet()) {
            json.writeFieldName(table.getKey());
            json.writeRawValue(table.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("messageQueueTable");
        json.writeEndObject();
        json.writeEndObject();
    }
}
