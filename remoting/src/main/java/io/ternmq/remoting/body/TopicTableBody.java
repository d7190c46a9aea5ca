package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * The settings of all topics.
 *
 * @param topics every topic once
 */
public record TopicTableBody(List<TopicRow> topics) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        DataVersion.write(json, "dataVersion");
        DataVersion.write(json, "mappingDataVersion");
        json.writeObjectFieldStart("topicConfigTable");
        for (TopicRow topic : topics) {
            json.writeFieldName(topic.name());
            topic.writeTo(json);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("topicQueueMappingDetailMap");
        json.writeEndObject();
        json.writeObjectFieldStart("topicQueueMappingInfoMap");
        json.writeEndObject();
        json.writeEndObject();
    }
}
