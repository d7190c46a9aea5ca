package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.netty.buffer.ByteBuf;
import io.ternmq.broker.catalog.RetryPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A consumer group's settings as clients write them.
 *
 * @param name the group's name
 * @param consumeEnabled whether its members get messages
 * @param broadcastEnabled whether they may consume in broadcasting mode
 * @param ordered whether it was declared to consume in order
 * @param retryQueues queues of its retry topic
 * @param retryMax how often a failed message is given again
 * @param notifyMembers whether members hear of changes at once
 * @param attributes declared attributes; in a request a name begins with '+' to set and with '-' to take away
 * @param retryPolicy how long a failed message waits; null in a request of a client that knows of no such thing
 */
public record GroupRow(
        String name,
        boolean consumeEnabled,
        boolean broadcastEnabled,
        boolean ordered,
        int retryQueues,
        int retryMax,
        boolean notifyMembers,
        Map<String, String> attributes,
        @Nullable RetryPolicy retryPolicy)
        implements JsonBody {
    private static final int RETRY_MAX_DEFAULT = 16;

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        Json.writeTexts(json, "attributes", attributes);
        json.writeNumberField("brokerId", 0);
        json.writeBooleanField("consumeBroadcastEnable", broadcastEnabled);
        json.writeBooleanField("consumeEnable", consumeEnabled);
        json.writeBooleanField("consumeFromMinEnable", true);
        json.writeBooleanField("consumeMessageOrderly", ordered);
        json.writeNumberField("consumeTimeoutMinute", 15);
        json.writeStringField("groupName", name);
        json.writeFieldName("groupRetryPolicy");
        RetryPolicyJson.write(json, retryPolicy == null ? RetryPolicy.CLASSIC : retryPolicy);
        json.writeNumberField("groupSysFlag", 0);
        json.writeBooleanField("notifyConsumerIdsChangedEnable", notifyMembers);
        json.writeNumberField("retryMaxTimes", retryMax);
        json.writeNumberField("retryQueueNums", retryQueues);
        json.writeNumberField("whichBrokerWhenConsumeSlowly", 1);
        json.writeEndObject();
    }

    /** @return the group of a request that creates one */
    public static GroupRow parse(ByteBuf body) {
        Draft draft = new Draft();
        Json.readObject(body, draft::field);
        return draft.toRow();
    }

    /** @return the groups of a request that creates several */
    public static List<GroupRow> parseList(ByteBuf body) {
        List<GroupRow> groups = new ArrayList<>();
        Json.readObject(body, (name, value) -> {
            if (name.equals("groupConfigList")) {
                groups.addAll(Json.readArray(value, GroupRow::parse));
            }
        });
        return groups;
    }

    private static GroupRow parse(JsonParser json) throws IOException {
        Draft draft = new Draft();
        Json.readFields(json, draft::field);
        return draft.toRow();
    }

    /** A row while it is parsed. */
    private static final class Draft {
        private String name = "";
        private boolean consumeEnabled = true;
        private boolean broadcastEnabled = true;
        private boolean ordered;
        private int retryQueues = 1;
        private int retryMax = RETRY_MAX_DEFAULT;
        private boolean notifyMembers = true;
        private Map<String, String> attributes = Map.of();
        private @Nullable RetryPolicy retryPolicy;

        void field(String field, JsonParser value) throws IOException {
            switch (field) {
                case "groupName" -> name = value.getText();
                case "consumeEnable" -> consumeEnabled = value.getValueAsBoolean();
                case "consumeBroadcastEnable" -> broadcastEnabled = value.getValueAsBoolean();
                case "consumeMessageOrderly" -> ordered = value.getValueAsBoolean();
                case "retryQueueNums" -> retryQueues = value.getValueAsInt();
                case "retryMaxTimes" -> retryMax = value.getValueAsInt();
                case "notifyConsumerIdsChangedEnable" -> notifyMembers = value.getValueAsBoolean();
                case "groupRetryPolicy" -> retryPolicy = RetryPolicyJson.parse(value);
                case "attributes" -> attributes = Json.readTexts(value);
                default -> {}
            }
        }

        GroupRow toRow() {
            return new GroupRow(
                    name,
                    consumeEnabled,
                    broadcastEnabled,
                    ordered,
                    retryQueues,
                    retryMax,
                    notifyMembers,
                    attributes,
                    retryPolicy);
        }
    }
}
