package io.ternmq.broker.retry;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.delay.DelayLevels;

/**
 * What becomes of a message that a member of a group handed back, by the rules that RocketMQ's consumers know: each
 * try comes after the while that the group's policy says, and after the last allowed one the message is a dead letter.
 */
public final class RetryRule {
    private RetryRule() {}

    /**
     * Where the message goes next.
     *
     * @param topic the group's retry topic or its dead-letter topic
     * @param delayMs when, in milliseconds from now; 0 for at once
     * @param reconsumeTimes how often it was given to the group before, counted with this time
     */
    public record Destination(String topic, long delayMs, int reconsumeTimes) {
        /** @return whether it goes to the dead letters */
        public boolean isDeadLetter() {
            return topic.startsWith(Names.DEAD_LETTER_PREFIX);
        }
    }

    /**
     * Decides.
     *
     * @param reconsumeTimes how often it was retried already; 0 or more
     * @param askedLevel the consumer's wish: negative for the dead letters at once, 0 to leave it to the broker
     * @param retryMax the most retries; negative to take the group's own
     */
    public static Destination decide(GroupConfig group, int reconsumeTimes, int askedLevel, int retryMax) {
        int most = retryMax >= 0 ? retryMax : group.retryMax();
        if (reconsumeTimes >= most || askedLevel < 0) {
            return new Destination(Names.deadLetterTopic(group.name()), 0, reconsumeTimes);
        }
        long delayMs = askedLevel == 0
                ? group.retryPolicy().delayMs(reconsumeTimes)
                : DelayLevels.delayMs(DelayLevels.clamp(askedLevel));
        return new Destination(Names.retryTopic(group.name()), delayMs, reconsumeTimes + 1);
    }
}
