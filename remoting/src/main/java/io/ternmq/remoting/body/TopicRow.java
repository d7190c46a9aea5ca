package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A topic's settings as clients write them.
 *
 * @param name the topic's name
 * @param readQueues how many queues consumers read
 * @param writeQueues how many queues producers write
 * @param permission permission bits
 * @param ordered whether it was declared as ordered
 * @param attributes declared attributes; in a request a name begins with '+' to set and with '-' to take away
 */
public record TopicRow(
        String name, int readQueues, int writeQueues, int permission, boolean ordered, Map<String, String> attributes)
        implements JsonBody {
    private static final int QUEUES_DEFAULT = 16;
    private static final int PERMISSION_DEFAULT = 6;

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        Json.writeTexts(json, "attributes", attributes);
        json.writeBooleanField("order", ordered);
        json.writeNumberField("perm", permission);
        json.writeNumberField("readQueueNums", readQueues);
        json.writeStringField("topicFilterType", "SINGLE_TAG");
        json.writeStringField("topicName", name);
        json.writeNumberField("topicSysFlag", 0);
        json.writeNumberField("writeQueueNums", writeQueues);
        json.writeEndObject();
    }

    /** @return the topics of a request that creates several */
    public static List<TopicRow> parseList(ByteBuf body) {
        List<TopicRow> topics = new ArrayList<>();
        Json.readObject(body, (name, value) -> {
            if (name.equals("topicConfigList")) {
                topics.addAll(Json.readArray(value, TopicRow::parse));
            }
        });
        return topics;
    }

    private static TopicRow parse(JsonParser json) throws IOException {
        Draft draft = new Draft();
        Json.readFields(json, draft::field);
        return draft.toRow();
    }

    /** A row while it is parsed. */
    private static final class Draft {
        private String name = "";
        private int readQueues = QUEUES_DEFAULT;
        private int writeQueues = QUEUES_DEFAULT;
        private int permission = PERMISSION_DEFAULT;
        private boolean ordered;
        private Map<String, String> attributes = Map.of();

        void field(String field, JsonParser value) throws IOException {
            switch (field) {
                case "topicName" -> name = value.getText();
                case "readQueueNums" -> readQueues = value.getValueAsInt();
                case "writeQueueNums" -> writeQueues = value.getValueAsInt();
                case "perm" -> permission = value.getValueAsInt();
                case "order" -> ordered = value.getValueAsBoolean();
                case "attributes" -> attributes = Json.readTexts(value);
                default -> {}
            }
        }

        TopicRow toRow() {
            return new TopicRow(name, readQueues, writeQueues, permission, ordered, attributes);
        }
    }
}
