package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonParser;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * How the members of a group shall get a topic's messages.
 *
 * @param topic the topic
 * @param group the group
 * @param mode a word of the client's
 * @param sharedCount with how many other members a member shares its queues
 */
public record RequestModeBody(String topic, String group, String mode, int sharedCount) {
    /** @return the wish in the body of a request */
    public static RequestModeBody parse(ByteBuf body) {
        Draft draft = new Draft();
        Json.readObject(body, draft::field);
        return new RequestModeBody(draft.topic, draft.group, draft.mode, draft.sharedCount);
    }

    /** A wish while it is parsed. */
    private static final class Draft {
        private String topic = "";
        private String group = "";
        private String mode = "";
        private int sharedCount;

        void field(String name, JsonParser value) throws IOException {
            switch (name) {
                case "topic" -> topic = value.getText();
                case "consumerGroup" -> group = value.getText();
                case "mode" -> mode = value.getText();
                case "popShareQueueNum" -> sharedCount = value.getIntValue();
                default -> {}
            }
        }
    }
}
