package io.ternmq.broker.command;

import java.util.Arrays;

/**
 * Appends messages to one queue, all or none. Once {@link #committed()} is called each message knows its offset and
 * position.
 */
public abstract class AppendCommand extends Command {
    private final int queueNo;
    private final EncodedMessage[] messages;
    private final int recordBytes;
    private final long logBytes;
    private final AppendRule rule;
    private long storeTimeMs;

    /** Takes ownership of the array. */
    protected AppendCommand(int queueNo, EncodedMessage... messages) {
        this(AppendRule.NONE, queueNo, messages);
    }

    /** Takes ownership of the array; the rule says what else comes with these messages. */
    protected AppendCommand(AppendRule rule, int queueNo, EncodedMessage... messages) {
        this.rule = rule;
        this.queueNo = queueNo;
        this.messages = messages;
        int recordBytes = 0;
        long logBytes = 0;
        for (EncodedMessage message : messages) {
            recordBytes = Math.addExact(recordBytes, message.length());
            logBytes += message.logBytes();
        }
        this.recordBytes = recordBytes;
        this.logBytes = logBytes;
    }

    @Override
    public final void decide(Decision decision) {
        boolean isCompacted = decision.state().topics().isCompacted(queueNo);
        if (!decision.state().topics().isLive(queueNo)) {
            refuse(Refusal.UNKNOWN_TOPIC, "queue: " + queueNo + " (expected: one of a topic that exists)");
        } else if (isCompacted && !Arrays.stream(messages).allMatch(message -> message.hasKeyIn(queueNo))) {
            refuse(Refusal.KEY_MISSING, "KEYS: none (expected: a key in each message, since the topic is compacted)");
        } else if (rule.admits(this, decision)
                && decision.admitsWrite(this, isCompacted ? compactedBytes() : logBytes)) {
            storeTimeMs = decision.nowMs();
            for (EncodedMessage message : messages) {
                rule.append(message, queueNo, decision);
            }
        }
    }

    private long compactedBytes() {
        return Arrays.stream(messages)
                .mapToLong(message -> message.logBytesIn(queueNo))
                .sum();
    }

    @Override
    public final int heldBytes() {
        return recordBytes;
    }

    /** @return how many messages there are */
    public final int count() {
        return messages.length;
    }

    /** @return the i-th message; it knows its offset and position once committed */
    public final EncodedMessage message(int i) {
        return messages[i];
    }

    /** @return when they were stored, in milliseconds since 1970 */
    public final long storeTimeMs() {
        return storeTimeMs;
    }
}
