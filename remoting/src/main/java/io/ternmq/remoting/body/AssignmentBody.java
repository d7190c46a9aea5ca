package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;

/**
 * A consumer asks which queues of a topic are its own.
 *
 * @param topic the topic
 * @param group its group
 * @param clientId the client's name for itself
 * @param strategy how its group shares queues
 * @param isBroadcasting whether each member of the group gets every message
 */
public record AssignmentBody(String topic, String group, String clientId, String strategy, boolean isBroadcasting) {
    /** @return the question in the body of a request */
    public static AssignmentBody parse(ByteBuf body) {
        Draft draft = new Draft();
        Json.readObject(body, draft::field);
        if (draft.topic.isEmpty() || draft.group.isEmpty()) {
            throw new BodyFormatException("topic and consumerGroup: '" + draft.topic + "' and '" + draft.group
                    + "' (expected: a topic and a group)");
        }
        return new AssignmentBody(draft.topic, draft.group, draft.clientId, draft.strategy, draft.isBroadcasting);
    }

    /**
     * The answer.
     *
     * @param queues the queues that are the client's own
     * @param mode how it gets their messages
     */
    public static JsonBody answer(List<QueueName> queues, String mode) {
        return json -> write(json, queues, mode);
    }

    /** The answer that leaves everything as it is with the client. */
    public static JsonBody noAnswer() {
        return json -> {
            json.writeStartObject();
            json.writeEndObject();
        };
    }

    private static void write(JsonGenerator json, List<QueueName> queues, String mode) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("messageQueueAssignments");
        for (QueueName queue : queues) {
            json.writeStartObject();
            json.writeFieldName("messageQueue");
            queue.writeTo(json);
            json.writeStringField("mode", mode);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** A question while it is parsed. */
    private static final class Draft {
        private String topic = "";
        private String group = "";
        private String clientId = "";
        private String strategy = "";
        private boolean isBroadcasting;

        void field(String name, JsonParser value) throws IOException {
            switch (name) {
                case "topic" -> topic = value.getText();
                case "consumerGroup" -> group = value.getText();
                case "clientId" -> clientId = value.getText();
                case "strategyName" -> strategy = value.getText();
                case "messageModel" -> isBroadcasting = value.getText().equals("BROADCASTING");
                default -> {}
            }
        }
    }
}
