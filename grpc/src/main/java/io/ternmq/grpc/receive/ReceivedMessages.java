package io.ternmq.grpc.receive;

import apache.rocketmq.v2.Message;
import io.ternmq.broker.lease.TakenSink;
import io.ternmq.grpc.convert.MessageViews;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes of records what clients receive. For one thread. */
final class ReceivedMessages implements TakenSink {
    private final Wanted wanted;
    private final long popTimeMs;
    private final Set<String> tags;
    private final MessageViews views = new MessageViews();
    private final List<Message> messages = new ArrayList<>();
    private final long unpackMax;
    private long unpacked;
    private boolean isLaborious;
    private long bytes;

    /**
     * @param popTimeMs when they were handed out
     * @param unpackMax so many bytes of compressed bodies may be unpacked here
     */
    ReceivedMessages(Wanted wanted, long popTimeMs, long unpackMax) {
        this.wanted = wanted;
        this.popTimeMs = popTimeMs;
        this.unpackMax = unpackMax;
        this.tags = wanted.subscription().tags();
    }

    @Override
    public Answer accept(MessageRecord record, Taken lease) {
        if (!tags.isEmpty() && !tags.contains(record.property(PropertyNames.TAGS))) {
            return Answer.UNWANTED; // another tag with the same hash
        }
        if (!hasRoom(lease.length()) || !mayUnpack(record)) {
            return Answer.FULL;
        }
        boolean isOfRetryTopic = !lease.from().topic().equals(wanted.topic());
        ReceiptHandle handle = new ReceiptHandle(isOfRetryTopic, lease.from().queueId(), lease.offset(), popTimeMs);
        Message message = views.received(
                record,
                wanted.topic(),
                new MessageViews.Delivery(
                        handle.encode(),
                        lease.from().queueId(),
                        lease.offset(),
                        lease.reconsumeTimes() + 1,
                        wanted.invisibleMs()));
        long wholeBytes = lease.length() + (long) message.getBody().size() - record.bodyLength();
        if (!hasRoom(wholeBytes)) {
            return Answer.FULL;
        }
        messages.add(message);
        bytes += wholeBytes;
        return Answer.TAKEN;
    }

    private boolean hasRoom(long more) {
        return bytes == 0 || bytes + more <= ReceiveLimits.UNPACKED_BYTES_MAX;
    }

    private boolean mayUnpack(MessageRecord record) {
        unpacked += MessageViews.isCompressed(record) ? record.bodyLength() : 0;
        isLaborious = unpacked > unpackMax;
        return !isLaborious;
    }

    /** @return whether there was more to unpack than may be here: somebody with more time has to read anew */
    boolean isLaborious() {
        return isLaborious;
    }

    List<Message> messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }
}
