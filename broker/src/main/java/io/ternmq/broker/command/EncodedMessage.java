package io.ternmq.broker.command;

import io.ternmq.log.CommitLog;
import io.ternmq.protocol.message.MessageRecord;
import org.agrona.DirectBuffer;

/**
 * A message record with holes for what only the shard knows, on its way into the log. Whoever made it keeps the bytes
 * as they are until its command is answered.
 */
public final class EncodedMessage {
    private static final long[] NO_KEYS = new long[0];
    private static final int NO_QUEUE = -1;

    private final DirectBuffer buffer;
    private final int index;
    private final int length;
    private final int tagHash;
    private final long[] keyHashes;
    private int keyedQueueNo = NO_QUEUE;
    private long[] keyedHashes = NO_KEYS;
    private long queueOffset = -1;
    private long position = -1;

    /**
     * @param buffer holds the record from {@code index} on
     * @param length the record's bytes
     * @param tagHash hash of the message's tag; 0 without one
     * @param keyHashes hashes of topic and key, for each key by which it can be found
     */
    public EncodedMessage(DirectBuffer buffer, int index, int length, int tagHash, long[] keyHashes) {
        this.buffer = buffer;
        this.index = index;
        this.length = length;
        this.tagHash = tagHash;
        this.keyHashes = keyHashes;
    }

    /** A message that no key finds. */
    public EncodedMessage(DirectBuffer buffer, int index, int length, int tagHash) {
        this(buffer, index, length, tagHash, NO_KEYS);
    }

    /** @return where the record's bytes are */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** @return where in the buffer the record begins */
    public int index() {
        return index;
    }

    /** @return the record's bytes */
    public int length() {
        return length;
    }

    /** @return hash of the message's tag; 0 without one */
    public int tagHash() {
        return tagHash;
    }

    /** @return hashes of topic and key; not to be changed */
    public long[] keyHashes() {
        return keyHashes;
    }

    /** @return what it takes in the log: its record and its row in the entry's table */
    public long logBytes() {
        return length + (long) CommitLog.tableBytes(keyHashes.length);
    }

    /**
     * Looks for the key by which a compacted topic tells the message apart. Whoever encodes a message for such a topic asks for
     * that, so that the shard's thread finds it done; it is done once for a queue.
     */
    public void findKeyIn(int queueNo) {
        if (keyedQueueNo != queueNo) {
            String key = CompactionKey.of(new MessageRecord().wrap(buffer, index, length));
            keyedHashes = key == null ? keyHashes : CompactionKey.with(keyHashes, CompactionKey.hash(queueNo, key));
            keyedQueueNo = queueNo;
        }
    }

    /** @return whether it has a key, as messages of compacted topics must */
    public boolean hasKeyIn(int queueNo) {
        return keyHashesIn(queueNo).length > keyHashes.length;
    }

    /** @return the key hashes with that of its key in a queue of a compacted topic, when it has one; not to be changed */
    public long[] keyHashesIn(int queueNo) {
        findKeyIn(queueNo);
        return keyedHashes;
    }

    /** @return what it takes in the log, in a queue of a compacted topic */
    public long logBytesIn(int queueNo) {
        return length + (long) CommitLog.tableBytes(keyHashesIn(queueNo).length);
    }

    /** @return its number in its queue, once appended */
    public long queueOffset() {
        return queueOffset;
    }

    /** @return where in the log it lies, once appended */
    public long position() {
        return position;
    }

    /** The shard's note of where the message came to lie. */
    public void appended(long offset, long logPosition) {
        this.queueOffset = offset;
        this.position = logPosition;
    }
}
