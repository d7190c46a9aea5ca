package io.ternmq.grpc.convert;

import apache.rocketmq.v2.Code;
import io.netty.buffer.ByteBufUtil;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.ReservedProperties;
import java.util.Map;

/** What senders may give a message besides its body, and which properties are theirs. With the bounds of RocketMQ's proxy. */
public final class PropertyRules {
    /** So many user properties a message has at most. */
    public static final int COUNT_MAX = 128;
    /** User properties, tag and keys have so many bytes together at most. */
    public static final int BYTES_MAX = 16 * 1024;
    /** A message group has fewer bytes. */
    public static final int GROUP_BYTES_MAX = 64;

    private PropertyRules() {}

    /** @return whether a property belongs to the user: also the lane, for which these clients have no other way */
    public static boolean isUsers(String name) {
        return name.equals(PropertyNames.LANE) || !ReservedProperties.contains(name);
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
        if (hasControlCharacter(value)) {
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
