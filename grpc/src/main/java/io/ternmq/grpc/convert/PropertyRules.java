package io.ternmq.grpc.convert;

import apache.rocketmq.v2.Code;
import io.netty.buffer.ByteBufUtil;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Map;
import java.util.Set;

/** What senders may give a message besides its body, and which properties are theirs. With the bounds of RocketMQ's proxy. */
public final class PropertyRules {
    /** So many user properties a message has at most. */
    public static final int COUNT_MAX = 128;
    /** User properties, tag and keys have so many bytes together at most. */
    public static final int BYTES_MAX = 16 * 1024;
    /** A message group has fewer bytes. */
    public static final int GROUP_BYTES_MAX = 64;

    /** The sender's own name for its host, as it is shown to consumers. */
    public static final String BORN_HOST = "__BORNHOST";
    /** What ties traces together. */
    public static final String TRACE_CONTEXT = "TRACE_CONTEXT";

    /** What means something to brokers and clients; users cannot have properties of these names. */
    private static final Set<String> SYSTEM = Set.of(
            PropertyNames.KEYS,
            PropertyNames.TAGS,
            PropertyNames.UNIQUE_KEY,
            PropertyNames.WAIT_STORED,
            PropertyNames.DELAY_LEVEL,
            PropertyNames.RETRY_TOPIC,
            PropertyNames.REAL_TOPIC,
            PropertyNames.REAL_QUEUE_ID,
            PropertyNames.TRANSACTION_PREPARED,
            PropertyNames.TRANSACTION_ID,
            PropertyNames.TRANSACTION_CHECK_TIMES,
            PropertyNames.CHECK_IMMUNITY_SECONDS,
            PropertyNames.PRODUCER_GROUP,
            PropertyNames.ORIGIN_MESSAGE_ID,
            PropertyNames.DEAD_LETTER_ORIGIN_TOPIC,
            PropertyNames.DEAD_LETTER_ORIGIN_MESSAGE_ID,
            PropertyNames.RECONSUME_TIME,
            PropertyNames.MAX_RECONSUME_TIMES,
            PropertyNames.MSG_REGION,
            PropertyNames.TRACE_ON,
            PropertyNames.CLUSTER,
            PropertyNames.INNER_NUM,
            PropertyNames.SHARDING_KEY,
            PropertyNames.TIMER_DELIVER_MS,
            PropertyNames.TIMER_DELAY_SECONDS,
            PropertyNames.TIMER_DELAY_MS,
            PropertyNames.TIMER_OUT_MS,
            PropertyNames.FIRST_POP_TIME,
            PropertyNames.REPLY_TO_CLIENT,
            PropertyNames.MESSAGE_TYPE,
            PropertyNames.PUSH_REPLY_TIME,
            PropertyNames.POP_CHECK,
            BORN_HOST,
            TRACE_CONTEXT,
            "MIN_OFFSET",
            "MAX_OFFSET",
            "BUYER_ID",
            "TRANSFER_FLAG",
            "CORRECTION_FLAG",
            "MQ2_FLAG",
            "EXTEND_UNIQ_INFO",
            "CONSUME_START_TIME",
            "INNER_BASE",
            "TRAN_PREPARED_QUEUE_OFFSET",
            "INSTANCE_ID",
            "CORRELATION_ID",
            "TTL",
            "ARRIVE_TIME",
            "POP_CK_OFFSET",
            "PROPERTY_FORWARD_QUEUE_ID",
            "REDIRECT",
            "INNER_MULTI_DISPATCH",
            "INNER_MULTI_QUEUE_OFFSET",
            "BORN_TIMESTAMP",
            "TIMER_ENQUEUE_MS",
            "TIMER_DEQUEUE_MS",
            "TIMER_ROLL_TIMES",
            "TIMER_DEL_UNIQKEY",
            "TIMER_DELAY_LEVEL",
            "__CRC32#");

    private PropertyRules() {}

    /** @return whether a property belongs to the user */
    public static boolean isUsers(String name) {
        return !SYSTEM.contains(name);
    }

    /** @return how many bytes they have, once they are found to be properties that users may have */
    static int checkUsers(Map<String, String> properties) {
        if (properties.size() > COUNT_MAX) {
            throw new CallRefused(Code.MESSAGE_PROPERTIES_TOO_LARGE, "too many user properties, max is " + COUNT_MAX);
        }
        int bytes = 0;
        for (Map.Entry<String, String> property : properties.entrySet()) {
            checkUsers(property.getKey(), property.getValue());
            bytes += bytes(property.getKey()) + bytes(property.getValue());
        }
        return bytes;
    }

    private static void checkUsers(String name, String value) {
        if (!isUsers(name)) {
            throw new CallRefused(Code.ILLEGAL_MESSAGE_PROPERTY_KEY, "property is used by system: " + name);
        }
        if (name.isEmpty() || hasControlCharacter(name)) {
            throw new CallRefused(
                    Code.ILLEGAL_MESSAGE_PROPERTY_KEY, "the key of property cannot contain control character");
        }
        if (value.isEmpty() || hasControlCharacter(value)) {
            throw new CallRefused(
                    Code.ILLEGAL_MESSAGE_PROPERTY_KEY, "the value of property cannot contain control character");
        }
    }

    static void checkTag(String tag) {
        if (tag.isEmpty()) {
            return;
        }
        if (tag.isBlank()) {
            throw new CallRefused(Code.ILLEGAL_MESSAGE_TAG, "tag cannot be the char sequence of whitespace");
        }
        if (tag.contains("|")) {
            throw new CallRefused(Code.ILLEGAL_MESSAGE_TAG, "tag cannot contain '|'");
        }
        if (hasControlCharacter(tag)) {
            throw new CallRefused(Code.ILLEGAL_MESSAGE_TAG, "tag cannot contain control character");
        }
    }

    static void checkKey(String key) {
        if (!key.isEmpty() && key.isBlank()) {
            throw new CallRefused(Code.ILLEGAL_MESSAGE_KEY, "key cannot be the char sequence of whitespace");
        }
        if (hasControlCharacter(key)) {
            throw new CallRefused(Code.ILLEGAL_MESSAGE_KEY, "key cannot contain control character");
        }
    }

    static void checkGroup(String group) {
        if (group.isBlank()) {
            throw new CallRefused(
                    Code.ILLEGAL_MESSAGE_GROUP, "message group cannot be the char sequence of whitespace");
        }
        if (bytes(group) >= GROUP_BYTES_MAX) {
            throw new CallRefused(Code.ILLEGAL_MESSAGE_GROUP, "message group exceed the max size " + GROUP_BYTES_MAX);
        }
        if (hasControlCharacter(group)) {
            throw new CallRefused(Code.ILLEGAL_MESSAGE_GROUP, "message group cannot contain control character");
        }
    }

    static int bytes(String text) {
        return ByteBufUtil.utf8Bytes(text);
    }

    static boolean hasControlCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
