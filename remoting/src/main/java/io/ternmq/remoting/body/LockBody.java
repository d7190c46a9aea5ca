package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A consumer's wish to lock queues, or to give them back.
 *
 * @param group its group
 * @param clientId the client's name for itself
 * @param queues the queues
 */
public record LockBody(String group, String clientId, List<QueueName> queues) {
    private static final int CLIENT_ID_CHARS_MAX = 255;

    /** @return the wish in the body of a request */
    public static LockBody parse(ByteBuf body) {
        Draft draft = new Draft();
        Json.readObject(body, draft::field);
        if (draft.group.isEmpty() || draft.clientId.isEmpty()) {
            throw new BodyFormatException("consumerGroup and clientId: '" + draft.group + "' and '" + draft.clientId
                    + "' (expected: a group and a client's id)");
        }
        if (draft.clientId.length() > CLIENT_ID_CHARS_MAX) {
            throw new BodyFormatException("clientId: " + draft.clientId.length() + " characters (expected: "
                    + CLIENT_ID_CHARS_MAX + " at most)");
        }
        return new LockBody(draft.group, draft.clientId, draft.queues);
    }

    /** @return the answer that names the queues that are the client's now */
    public static JsonBody locked(List<QueueName> queues) {
        return json -> writeLocked(json, queues);
    }

    private static void writeLocked(JsonGenerator json, List<QueueName> queues) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("lockOKMQSet");
        for (QueueName queue : queues) {
            queue.writeTo(json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** A wish while it is parsed. */
    private static final class Draft {
        private String group = "";
        private String clientId = "";
        private List<QueueName> queues = new ArrayList<>();

        void field(String name, JsonParser value) throws IOException {
            switch (name) {
                case "consumerGroup" -> group = value.getText();
                case "clientId" -> clientId = value.getText();
                case "mqSet" -> queues = Json.readArray(value, Draft::queue);
                default -> {}
            }
        }

        private static QueueName queue(JsonParser json) throws IOException {
            String[] names = {"", ""};
            int[] queueId = {0};
            Json.readFields(json, (name, value) -> {
                switch (name) {
                    case "topic" -> names[0] = value.getText();
                    case "brokerName" -> names[1] = value.getText();
                    case "queueId" -> queueId[0] = value.getIntValue();
                    default -> {}
                }
            });
            return new QueueName(names[0], names[1], queueId[0]);
        }
    }
}
