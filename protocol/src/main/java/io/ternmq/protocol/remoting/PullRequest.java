package io.ternmq.protocol.remoting;

import org.jspecify.annotations.Nullable;

/**
 * What a pull asks for: the ext fields of {@link RequestCode#PULL_MESSAGE} and {@link RequestCode#LITE_PULL_MESSAGE}.
 *
 * @param queueOffset the first message wanted
 * @param maxMessages at most so many
 * @param sysFlag bits {@code FLAG_…} below
 * @param commitOffset what the group has consumed, when {@link #commits}
 * @param suspendTimeoutMs how long to wait for a message, when {@link #suspends}
 * @param subscription the filter, when {@link #carriesSubscription}
 * @param subVersion the subscription's version, milliseconds of the epoch
 * @param expressionType {@code TAG} or {@code SQL92}; null means {@code TAG}
 * @param maxBytes at most so many bytes; -1 when the request does not say
 */
public record PullRequest(
        String consumerGroup,
        String topic,
        int queueId,
        long queueOffset,
        int maxMessages,
        int sysFlag,
        long commitOffset,
        long suspendTimeoutMs,
        @Nullable String subscription,
        long subVersion,
        @Nullable String expressionType,
        int maxBytes) {
    public static final int FLAG_COMMIT_OFFSET = 1;
    public static final int FLAG_SUSPEND = 1 << 1;
    public static final int FLAG_SUBSCRIPTION = 1 << 2;
    public static final int FLAG_CLASS_FILTER = 1 << 3;
    public static final int FLAG_LITE_PULL = 1 << 4;

    /** @throws BadFieldException when a field is missing or unreadable */
    public static PullRequest read(RemotingFrame frame, NameCache names) {
        return new PullRequest(
                name(frame, "consumerGroup", names),
                name(frame, "topic", names),
                frame.getInt("queueId"),
                frame.getLong("queueOffset"),
                frame.getInt("maxMsgNums"),
                frame.getInt("sysFlag"),
                frame.getLong("commitOffset"),
                frame.getLong("suspendTimeoutMillis"),
                optionalName(frame, "subscription", names),
                frame.getLong("subVersion"),
                optionalName(frame, "expressionType", names),
                frame.getInt("maxMsgBytes", -1));
    }

    /** @return whether {@link #commitOffset} is to be kept */
    public boolean commits() {
        return (sysFlag & FLAG_COMMIT_OFFSET) != 0;
    }

    /** @return whether the client wants to wait for a message */
    public boolean suspends() {
        return (sysFlag & FLAG_SUSPEND) != 0;
    }

    /** @return whether the filter is in the request */
    public boolean carriesSubscription() {
        return (sysFlag & FLAG_SUBSCRIPTION) != 0;
    }

    private static String name(RemotingFrame frame, String field, NameCache names) {
        String name = optionalName(frame, field, names);
        if (name == null) {
            throw new BadFieldException(field, null, "a value");
        }
        return name;
    }

    private static @Nullable String optionalName(RemotingFrame frame, String field, NameCache names) {
        HeaderFields fields = frame.fields();
        int number = fields.find(field);
        return number < 0 ? null : names.string(fields.text(), fields.valueBegin(number), fields.valueEnd(number));
    }
}
