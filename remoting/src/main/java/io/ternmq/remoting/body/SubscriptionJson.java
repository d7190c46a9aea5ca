package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.ternmq.broker.member.Subscription;
import java.io.IOException;

/** A subscription as clients write and read it. */
final class SubscriptionJson {
    private SubscriptionJson() {}

    static Subscription parse(JsonParser json) throws IOException {
        Draft draft = new Draft();
        Json.readFields(json, draft::field);
        return Subscription.parse(draft.topic, draft.expressionType, draft.expression, draft.version);
    }

    static void write(JsonGenerator json, Subscription subscription) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("classFilterMode", false);
        json.writeArrayFieldStart("codeSet");
        for (int hash : subscription.tagHashes()) {
            json.writeNumber(hash);
        }
        json.writeEndArray();
        json.writeStringField("expressionType", subscription.expressionType());
        json.writeStringField("subString", subscription.expression());
        json.writeNumberField("subVersion", subscription.version());
        Json.writeTexts(json, "tagsSet", subscription.tags());
        json.writeStringField("topic", subscription.topic());
        json.writeEndObject();
    }

    /** A subscription while it is parsed. */
    private static final class Draft {
        private String topic = "";
        private String expressionType = "";
        private String expression = "";
        private long version;

        void field(String field, JsonParser value) throws IOException {
            switch (field) {
                case "topic" -> topic = value.getText();
                case "expressionType" -> expressionType = value.getText();
                case "subString" -> expression = value.getText();
                case "subVersion" -> version = value.getValueAsLong();
                default -> {}
            }
        }
    }
}
