package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * The settings of all consumer groups.
 *
 * @param groups every group once
 */
public record GroupTableBody(List<GroupRow> groups) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        DataVersion.write(json, "dataVersion");
        json.writeObjectFieldStart("forbiddenTable");
        json.writeEndObject();
        json.writeObjectFieldStart("subscriptionGroupTable");
        for (GroupRow group : groups) {
            json.writeFieldName(group.name());
            group.writeTo(json);
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
