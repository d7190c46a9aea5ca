package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonParser;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Acknowledgements that a client has gathered. */
public final class BatchAcknowledgeBody {
    private BatchAcknowledgeBody() {}

    /**
     * What one request has got of one queue, and what of it is done.
     *
     * @param group the consumer group
     * @param topic as the client names it
     * @param mark tells a queue of the topic from one of the group's retry topic
     * @param startOffset what the bits count from
     * @param queueId the queue
     * @param popTimeMs when the messages were handed out
     * @param offsets a bit for each message that is done; not to be changed
     */
    public record Row(
            String group, String topic, char mark, long startOffset, int queueId, long popTimeMs, BitSet offsets) {}

    /** @return the rows in the body of a request */
    public static List<Row> parse(ByteBuf body) {
        List<Row> rows = new ArrayList<>();
        Json.readObject(body, (name, value) -> {
            if (name.equals("acks")) {
                rows.addAll(Json.readArray(value, BatchAcknowledgeBody::row));
            }
        });
        return rows;
    }

    private static Row row(JsonParser json) throws IOException {
        Draft draft = new Draft();
        Json.readFields(json, draft::field);
        if (draft.group.isEmpty() || draft.topic.isEmpty()) {
            throw new BodyFormatException(
                    "acks: '" + draft.group + "' and '" + draft.topic + "' (expected: a group in c, a topic in t)");
        }
        return new Row(
                draft.group, draft.topic, draft.mark, draft.startOffset, draft.queueId, draft.popTimeMs, draft.offsets);
    }

    /** A row while it is parsed; clients write the short names, and understand both. */
    private static final class Draft {
        private String group = "";
        private String topic = "";
        private char mark = '0';
        private long startOffset;
        private int queueId;
        private long popTimeMs;
        private BitSet offsets = new BitSet();

        void field(String name, JsonParser value) throws IOException {
            switch (name) {
                case "c", "consumerGroup" -> group = value.getText();
                case "t", "topic" -> topic = value.getText();
                case "r", "retry" -> mark = mark(value.getText());
                case "so", "startOffset" -> startOffset = value.getLongValue();
                case "q", "queueId" -> queueId = value.getIntValue();
                case "pt", "popTime" -> popTimeMs = value.getLongValue();
                case "b", "bitSet" -> offsets = BitSet.valueOf(value.getBinaryValue());
                default -> {}
            }
        }

        private static char mark(String text) {
            if (text.length() != 1 || "012".indexOf(text.charAt(0)) < 0) {
                throw new BodyFormatException("r: '" + text + "' (expected: 0, 1 or 2)");
            }
            return text.charAt(0);
        }
    }
}
