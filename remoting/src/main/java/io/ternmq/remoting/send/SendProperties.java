package io.ternmq.remoting.send;

import io.ternmq.protocol.message.KeyHash;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.PropertyScanner;
import io.ternmq.protocol.message.TagHash;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** The properties of a message that mean something to the broker, found in one pass. To be reused; not thread-safe. */
final class SendProperties {
    private static final int KEYS_MAX = 32;
    private static final int TOPICS_REMEMBERED_MAX = 4_096;
    private static final long[] NO_KEYS = {};

    private final PropertyScanner scanner = new PropertyScanner();
    private final Map<String, Long> topicSeeds = new HashMap<>();
    private final long[] keyHashes = new long[KEYS_MAX];
    private int keyCount;
    private int tagHash;
    private int uniqueKeyIndex;
    private int uniqueKeyLength;
    private boolean delayed;
    private boolean timed;
    private boolean transactional;
    private boolean request;
    private boolean keyed;

    /** Looks at the properties in the buffer; keys are those of a message of that topic. */
    void scan(String topic, DirectBuffer buffer, int index, int length) {
        long topicSeed = topicSeed(topic);
        keyCount = 0;
        tagHash = 0;
        uniqueKeyIndex = 0;
        uniqueKeyLength = 0;
        delayed = false;
        timed = false;
        transactional = false;
        request = false;
        keyed = false;
        scanner.wrap(buffer, index, length);
        while (scanner.next()) {
            look(topicSeed, buffer);
        }
    }

    /** @return hashes of topic and key, for each of the message's keys; the caller's own */
    long[] keyHashes() {
        return keyCount == 0 ? NO_KEYS : Arrays.copyOf(keyHashes, keyCount);
    }

    int tagHash() {
        return tagHash;
    }

    /** @return where the unique key begins in the buffer */
    int uniqueKeyIndex() {
        return uniqueKeyIndex;
    }

    /** @return the unique key's bytes; 0 when there is none */
    int uniqueKeyLength() {
        return uniqueKeyLength;
    }

    boolean isDelayed() {
        return delayed;
    }

    boolean isTimed() {
        return timed;
    }

    boolean isTransactional() {
        return transactional;
    }

    /** @return whether somebody waits for an answer to the message */
    boolean isRequest() {
        return request;
    }

    /** @return whether the sender gave it a key; the unique key, which every message has, does not count */
    boolean isKeyed() {
        return keyed;
    }

    private void look(long topicSeed, DirectBuffer buffer) {
        if (scanner.nameIs(PropertyNames.UNIQUE_KEY)) {
            uniqueKeyIndex = scanner.valueIndex();
            uniqueKeyLength = scanner.valueLength();
            addKey(topicSeed, buffer, uniqueKeyIndex, uniqueKeyIndex + uniqueKeyLength);
        } else if (scanner.nameIs(PropertyNames.TAGS)) {
            tagHash = TagHash.of(buffer, scanner.valueIndex(), scanner.valueLength());
        } else if (scanner.nameIs(PropertyNames.KEYS)) {
            addKeys(topicSeed, buffer, scanner.valueIndex(), scanner.valueIndex() + scanner.valueLength());
        } else if (scanner.nameIs(PropertyNames.DELAY_LEVEL)) {
            delayed = true;
        } else if (scanner.nameIs(PropertyNames.TRANSACTION_PREPARED)) {
            transactional = buffer.getByte(scanner.valueIndex()) == 't';
        } else if (scanner.nameIs(PropertyNames.REPLY_TO_CLIENT)) {
            request = true;
        } else if (scanner.nameIs(PropertyNames.TIMER_DELIVER_MS)
                || scanner.nameIs(PropertyNames.TIMER_DELAY_SECONDS)
                || scanner.nameIs(PropertyNames.TIMER_DELAY_MS)) {
            timed = true;
        }
    }

    private void addKeys(long topicSeed, DirectBuffer buffer, int index, int end) {
        int from = index;
        for (int i = index; i < end; i++) {
            if (buffer.getByte(i) == PropertyNames.KEY_SEPARATOR) {
                addKey(topicSeed, buffer, from, i);
                from = i + 1;
            } else {
                keyed = true;
            }
        }
        addKey(topicSeed, buffer, from, end);
    }

    /** Keys beyond the limit are not found by; the message keeps them. */
    private void addKey(long topicSeed, DirectBuffer buffer, int index, int end) {
        if (end > index && keyCount < KEYS_MAX) {
            keyHashes[keyCount++] = KeyHash.of(topicSeed, buffer, index, end - index);
        }
    }

    private long topicSeed(String topic) {
        Long known = topicSeeds.get(topic);
        if (known != null) {
            return known;
        }
        if (topicSeeds.size() >= TOPICS_REMEMBERED_MAX) {
            topicSeeds.clear();
        }
        long seed = KeyHash.topicSeed(topic);
        topicSeeds.put(topic, seed);
        return seed;
    }
}
