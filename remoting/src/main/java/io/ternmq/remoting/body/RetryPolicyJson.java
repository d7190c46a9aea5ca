package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.ternmq.broker.catalog.RetryPolicy;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A retry policy as clients write and read it. What is left out is as in RocketMQ: 5 s, doubled up to 2 h; the classic delays. */
final class RetryPolicyJson {
    private static final String EXPONENTIAL = "EXPONENTIAL";
    private static final String CUSTOMIZED = "CUSTOMIZED";

    private RetryPolicyJson() {}

    static void write(JsonGenerator json, RetryPolicy policy) throws IOException {
        json.writeStartObject();
        if (policy instanceof RetryPolicy.Exponential exponential) {
            json.writeObjectFieldStart("exponentialRetryPolicy");
            json.writeNumberField("initial", exponential.initialMs());
            json.writeNumberField("max", exponential.maxMs());
            json.writeNumberField("multiplier", exponential.multiplier());
            json.writeEndObject();
            json.writeStringField("type", EXPONENTIAL);
        } else if (policy instanceof RetryPolicy.Custom custom) {
            json.writeObjectFieldStart("customizedRetryPolicy");
            json.writeArrayFieldStart("next");
            for (long delayMs : custom.delaysMs()) {
                json.writeNumber(delayMs);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeStringField("type", CUSTOMIZED);
        } else {
            json.writeStringField("type", CUSTOMIZED);
        }
        json.writeEndObject();
    }

    /** @throws BodyFormatException when there is no such policy */
    static RetryPolicy parse(JsonParser json) throws IOException {
        Draft draft = new Draft();
        try {
            Json.readFields(json, draft::field);
            return draft.toPolicy();
        } catch (IllegalArgumentException e) {
            throw new BodyFormatException("groupRetryPolicy: " + e.getMessage(), e);
        }
    }

    /** A policy while it is parsed. */
    private static final class Draft {
        private String type = CUSTOMIZED;
        private RetryPolicy.@Nullable Exponential exponential;
        private RetryPolicy.@Nullable Custom custom;

        void field(String field, JsonParser value) throws IOException {
            switch (field) {
                case "type" -> type = value.getText();
                case "exponentialRetryPolicy" -> exponential = parseExponential(value);
                case "customizedRetryPolicy" -> custom = parseCustom(value);
                default -> {}
            }
        }

        RetryPolicy toPolicy() {
            RetryPolicy chosen = switch (type) {
                case EXPONENTIAL -> exponential;
                case CUSTOMIZED -> custom;
                default ->
                    throw new IllegalArgumentException(
                            "type: '" + type + "' (expected: " + EXPONENTIAL + " or " + CUSTOMIZED + ")");
            };
            return chosen == null ? RetryPolicy.CLASSIC : chosen;
        }
    }

    private static RetryPolicy.Exponential parseExponential(JsonParser json) throws IOException {
        long[] values = {5_000, 7_200_000, 2};
        Json.readFields(json, (name, value) -> {
            switch (name) {
                case "initial" -> values[0] = value.getValueAsLong();
                case "max" -> values[1] = value.getValueAsLong();
                case "multiplier" -> values[2] = value.getValueAsLong();
                default -> {}
            }
        });
        return new RetryPolicy.Exponential(values[0], values[1], values[2]);
    }

    private static RetryPolicy.@Nullable Custom parseCustom(JsonParser json) throws IOException {
        RetryPolicy.@Nullable Custom[] custom = {null};
        Json.readFields(json, (name, value) -> {
            if (name.equals("next")) {
                List<Long> delaysMs = Json.readArray(value, JsonParser::getValueAsLong);
                custom[0] = new RetryPolicy.Custom(delaysMs);
            }
        });
        return custom[0];
    }
}
