package io.ternmq.protocol.message;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The hash under which the key index finds a message: of its topic and one of its keys. It stands in files, so it never changes:
 * FNV-1a with 64 bits over the UTF-8 of the topic, a zero byte and the UTF-8 of the key, then mixed
 * ({@code h ^= h >>> 32; h *= 0xD6E8FEB86659FD93; h ^= h >>> 32; h *= 0xD6E8FEB86659FD93; h ^= h >>> 32}); 0 becomes 1, for 0
 * means 'no key' in an index.
 */
public final class KeyHash {
    private static final long FNV_BASIS = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    private static final long MIX = 0xD6E8FEB86659FD93L;

    private KeyHash() {}

    /** @return the hash, never 0 */
    public static long of(String topic, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return of(topicSeed(topic), new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** @return what all keys of a topic begin with, for {@link #of(long, DirectBuffer, int, int)} */
    public static long topicSeed(String topic) {
        byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
        return update(FNV_BASIS, new UnsafeBuffer(bytes), 0, bytes.length) * FNV_PRIME;
    }

    /**
     * Like {@link #of(String, String)} for a key that lies in a buffer.
     *
     * @param topicSeed of {@link #topicSeed}
     */
    public static long of(long topicSeed, DirectBuffer buffer, int index, int length) {
        long hash = update(topicSeed, buffer, index, length);
        hash ^= hash >>> 32;
        hash *= MIX;
        hash ^= hash >>> 32;
        hash *= MIX;
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }

    private static long update(long hash, DirectBuffer buffer, int index, int length) {
        long updated = hash;
        for (int i = index; i < index + length; i++) {
            updated = (updated ^ (buffer.getByte(i) & 0xFF)) * FNV_PRIME;
        }
        return updated;
    }
}
