package io.ternmq.client.lease;

import io.ternmq.client.message.Origin;
import io.ternmq.client.message.RecordReader;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.engine.StoredMessage;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.remoting.ReceiptHandle;
import io.ternmq.protocol.remoting.RemotingFrame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Makes leased messages of the answer to a POP. For one answer. */
final class PopAnswer {

    private final String broker;
    private final long popTimeMs;
    private final long invisibleMs;
    private final int reviveQueueId;
    private final OffsetTable starts;
    private final OffsetTable attempts;
    private final Instant deadline;
    private char startMark;
    private int startQueueId;
    private OptionalLong start = OptionalLong.empty();

    private PopAnswer(String broker, RemotingFrame answer, long nowMs) {
        this.broker = broker;
        this.popTimeMs = answer.getLong("popTime");
        this.invisibleMs = answer.getLong("invisibleTime");
        this.reviveQueueId = answer.getInt("reviveQid");
        this.starts = OffsetTable.parse(answer.get("startOffsetInfo"));
        this.attempts = OffsetTable.parse(answer.get("orderCountInfo"));
        this.deadline = Instant.ofEpochMilli(nowMs + invisibleMs);
    }

    /** @param nowMs when it came */
    static List<LeasedMessage> read(String topic, String broker, RemotingFrame answer, long nowMs) {
        PopAnswer header = new PopAnswer(broker, answer, nowMs);
        List<StoredMessage> messages = new RecordReader(topic, broker).read(answer.body());
        List<LeasedMessage> leased = new ArrayList<>(messages.size());
        for (StoredMessage message : messages) {
            leased.add(header.leased(message));
        }
        return leased;
    }

    private LeasedMessage leased(StoredMessage message) {
        Origin origin = (Origin) message.origin();
        String written = origin.reserved().get(PropertyNames.POP_CHECK);
        ReceiptHandle handle = written == null ? handle(message, origin) : parsed(written);
        return new LeasedMessage(counted(message, handle), deadline, handle);
    }

    private static ReceiptHandle parsed(String written) {
        ReceiptHandle handle = ReceiptHandle.parse(written);
        if (handle == null) {
            throw new IllegalArgumentException("handle: '" + written + "' (expected: " + ReceiptHandle.EXPECTED + ")");
        }
        return handle;
    }

    private ReceiptHandle handle(StoredMessage message, Origin origin) {
        char mark = RetryTopics.markOf(origin.topic());
        return new ReceiptHandle(
                start(mark, origin.queueId()).orElse(message.offset()),
                popTimeMs,
                invisibleMs,
                reviveQueueId,
                mark,
                broker,
                origin.queueId(),
                message.offset());
    }

    /** Messages of one queue come one behind the other. */
    private OptionalLong start(char mark, int queueId) {
        if (mark != startMark || queueId != startQueueId) {
            startMark = mark;
            startQueueId = queueId;
            start = starts.ofQueue(mark, queueId);
        }
        return start;
    }

    /** Messages that are consumed in order stay where they are, so their attempts are counted beside them. */
    private StoredMessage counted(StoredMessage message, ReceiptHandle handle) {
        long before = attempts.ofMessage(handle.mark(), handle.queueId(), handle.offset())
                .orElse(attempts.ofQueue(handle.mark(), handle.queueId()).orElse(0));
        return before <= 0
                ? message
                : new StoredMessage(
                        message.partition(),
                        message.offset(),
                        message.id(),
                        message.body(),
                        message.marks(),
                        message.properties(),
                        (int) before + 1,
                        message.sentAt(),
                        message.storedAt(),
                        message.origin());
    }
}
