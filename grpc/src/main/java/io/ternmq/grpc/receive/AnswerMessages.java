package io.ternmq.grpc.receive;

import apache.rocketmq.v2.Message;
import io.ternmq.grpc.convert.MessageViews;
import io.ternmq.protocol.message.MessageRecord;
import java.util.ArrayList;
import java.util.List;

/** The messages of one answer, with the bounds of what it may hold and of the work that it may take. For one thread. */
public final class AnswerMessages {
    private final List<Message> messages = new ArrayList<>();
    private final long unpackMax;
    private long unpacked;
    private boolean isLaborious;
    private long bytes;

    /** @param unpackMax so many bytes of compressed bodies may be unpacked here */
    public AnswerMessages(long unpackMax) {
        this.unpackMax = unpackMax;
    }

    /** @return whether a record may be made a message of this answer; it may still prove too large */
    public boolean admits(MessageRecord record, int recordBytes) {
        if (!hasRoom(recordBytes)) {
            return false;
        }
        unpacked += MessageViews.isCompressed(record) ? record.bodyLength() : 0;
        isLaborious = unpacked > unpackMax;
        return !isLaborious;
    }

    /** Adds what a record was made. @return false when there is no room for it */
    public boolean add(Message message, MessageRecord record, int recordBytes) {
        long wholeBytes = recordBytes + (long) message.getBody().size() - record.bodyLength();
        if (!hasRoom(wholeBytes)) {
            return false;
        }
        messages.add(message);
        bytes += wholeBytes;
        return true;
    }

    /** @return whether there was more to unpack than may be here: somebody with more time has to read anew */
    public boolean isLaborious() {
        return isLaborious;
    }

    /** @return in their order */
    public List<Message> messages() {
        return messages;
    }

    /** @return what they have, about */
    public long bytes() {
        return bytes;
    }

    private boolean hasRoom(long more) {
        return bytes == 0 || bytes + more <= ReceiveLimits.UNPACKED_BYTES_MAX;
    }
}
