package io.ternmq.remoting.send;

import io.netty.buffer.ByteBuf;
import io.ternmq.broker.command.EncodedMessage;

/** The records of one send, and where they go. Whoever takes it releases the records. */
final class SendDraft {
    private final int queueNo;
    private final ByteBuf records;
    private final EncodedMessage[] messages;
    private final int uniqueKeyIndex;
    private final int uniqueKeyLength;

    SendDraft(
            Destination destination,
            ByteBuf records,
            EncodedMessage[] messages,
            int uniqueKeyIndex,
            int uniqueKeyLength) {
        this.queueNo = destination.queueNo();
        this.records = records;
        this.messages = messages;
        this.uniqueKeyIndex = uniqueKeyIndex;
        this.uniqueKeyLength = uniqueKeyLength;
        if (destination.topic().isCompacted()) {
            for (EncodedMessage message : messages) {
                message.findKeyIn(queueNo);
            }
        }
    }

    /** @return the shard's number of the queue */
    int queueNo() {
        return queueNo;
    }

    /** @return the bytes of all messages */
    ByteBuf records() {
        return records;
    }

    EncodedMessage[] messages() {
        return messages;
    }

    /** @return where the unique key begins in the buffer of the first message */
    int uniqueKeyIndex() {
        return uniqueKeyIndex;
    }

    /** @return 0 when there is no unique key */
    int uniqueKeyLength() {
        return uniqueKeyLength;
    }
}
