package io.ternmq.client.lease;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ternmq.TernMQException;
import io.ternmq.client.json.JsonText;
import io.ternmq.client.wire.Request;
import io.ternmq.client.wire.RequestWriter;
import io.ternmq.protocol.remoting.ReceiptHandle;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.io.IOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says that several messages of one group are done. */
final class BatchAcknowledge extends Request {

    private final List<Acknowledge> all;
    private final Acknowledge first;

    BatchAcknowledge(List<Acknowledge> all) {
        this.all = all;
        this.first = all.get(0);
    }

    /** What one hand-out gave of one queue. */
    private record HandOut(
            String topic,
            char mark,
            long startOffset,
            int queueId,
            int reviveQueueId,
            long popTimeMs,
            long invisibleMs) {

        static HandOut of(Acknowledge one) {
            ReceiptHandle handle = one.handle();
            return new HandOut(
                    one.topic(),
                    handle.mark(),
                    handle.startOffset(),
                    handle.queueId(),
                    handle.reviveQueueId(),
                    handle.popTimeMs(),
                    handle.invisibleMs());
        }

        /** Without making another one. */
        boolean isOf(Acknowledge one) {
            ReceiptHandle handle = one.handle();
            return popTimeMs == handle.popTimeMs()
                    && queueId == handle.queueId()
                    && startOffset == handle.startOffset()
                    && mark == handle.mark()
                    && reviveQueueId == handle.reviveQueueId()
                    && invisibleMs == handle.invisibleMs()
                    && topic.equals(one.topic());
        }
    }

    @Override
    protected String what() {
        return "acknowledge " + all.size() + " messages";
    }

    @Override
    protected int heldBytes() {
        return all.size() * first.heldBytes();
    }

    @Override
    protected int count() {
        return all.size();
    }

    @Override
    protected long timeoutMs() {
        return first.timeoutMs();
    }

    @Override
    protected void write(RequestWriter out) {
        out.begin(RequestCode.BATCH_ACK_MESSAGE).end(JsonText.of(this::writeBody));
    }

    private void writeBody(JsonGenerator json) throws IOException {
        Map<HandOut, BitSet> offsets = offsets();
        json.writeStartObject();
        json.writeStringField("brokerName", first.handle().broker());
        json.writeArrayFieldStart("acks");
        for (Map.Entry<HandOut, BitSet> row : offsets.entrySet()) {
            HandOut handOut = row.getKey();
            json.writeStartObject();
            json.writeStringField("c", first.terms().group());
            json.writeStringField("t", handOut.topic());
            json.writeStringField("r", String.valueOf(handOut.mark()));
            json.writeNumberField("so", handOut.startOffset());
            json.writeNumberField("q", handOut.queueId());
            json.writeNumberField("rq", handOut.reviveQueueId());
            json.writeNumberField("pt", handOut.popTimeMs());
            json.writeNumberField("it", handOut.invisibleMs());
            json.writeBinaryField("b", row.getValue().toByteArray());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Those of one hand-out come one behind the other as a rule. */
    private Map<HandOut, BitSet> offsets() {
        Map<HandOut, BitSet> offsets = new LinkedHashMap<>();
        HandOut last = HandOut.of(first);
        BitSet bits = new BitSet();
        offsets.put(last, bits);
        for (Acknowledge one : all) {
            if (!last.isOf(one)) {
                last = HandOut.of(one);
                bits = offsets.computeIfAbsent(last, handOut -> new BitSet());
            }
            bits.set((int) (one.handle().offset() - one.handle().startOffset()));
        }
        return offsets;
    }

    @Override
    protected void answered(@Nullable RemotingFrame answer) {
        if (answer != null && answer.code() == ResponseCode.SUCCESS) {
            all.forEach(Acknowledge::done);
        } else {
            all.forEach(Acknowledge::submitAlone);
        }
    }

    @Override
    protected void failed(TernMQException failure) {
        for (Acknowledge one : all) {
            one.failed(failure);
        }
    }
}
