package io.ternmq.broker.timer;

import io.ternmq.protocol.message.MalformedMessageException;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a message's properties say about when it is due, as RocketMQ's clients mean it. */
public final class TimerRule {
    /** A message can wait so long at most: ten years. */
    public static final long DELAY_MS_MAX = TimeUnit.DAYS.toMillis(3_653);

    /** The message asks for no time. */
    public static final long NOT_TIMED = Long.MIN_VALUE;

    private TimerRule() {}

    /**
     * Reads the time that a message asks for. A delay in seconds comes before one in milliseconds, and that before a
     * moment; a message that was delivered by a timer once is not timed again.
     *
     * @param nowMs the shard's time
     * @param timeAt what the shard's time is at a moment of the clock
     * @return when it is due by the shard's time, in milliseconds since 1970, or {@link #NOT_TIMED}; not behind {@code nowMs} when it is due already
     * @throws MalformedMessageException when it is no number or too far away; names the property
     */
    public static long dueMs(Map<String, String> properties, long nowMs, LongUnaryOperator timeAt) {
        if (properties.containsKey(PropertyNames.TIMER_OUT_MS)) {
            return NOT_TIMED;
        }
        String seconds = properties.get(PropertyNames.TIMER_DELAY_SECONDS);
        if (seconds != null) {
            long most = TimeUnit.MILLISECONDS.toSeconds(DELAY_MS_MAX);
            return nowMs + TimeUnit.SECONDS.toMillis(number(PropertyNames.TIMER_DELAY_SECONDS, seconds, most));
        }
        String millis = properties.get(PropertyNames.TIMER_DELAY_MS);
        if (millis != null) {
            return nowMs + number(PropertyNames.TIMER_DELAY_MS, millis, DELAY_MS_MAX);
        }
        String moment = properties.get(PropertyNames.TIMER_DELIVER_MS);
        return moment == null
                ? NOT_TIMED
                : timeAt.applyAsLong(number(PropertyNames.TIMER_DELIVER_MS, moment, nowMs + DELAY_MS_MAX));
    }

    /** @return the number; 0 for a negative one, which is due already */
    private static long number(String name, String text, long max) {
        long value;
        try {
            value = Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new MalformedMessageException(name, "'" + text + "'", "a whole number");
        }
        if (value > max) {
            throw new MalformedMessageException(name, value, "at most " + max + ": ten years from now");
        }
        return Math.max(0, value);
    }

    /** Notes in the properties when the message is due and where it goes then. */
    public static void note(Map<String, String> properties, String topic, int queueId, long dueMs) {
        properties.put(PropertyNames.TIMER_OUT_MS, Long.toString(dueMs));
        properties.put(PropertyNames.REAL_TOPIC, topic);
        properties.put(PropertyNames.REAL_QUEUE_ID, Integer.toString(queueId));
    }

    /** Takes out what only the way to its own queue needed; that it was timed stays. */
    static void unnote(Map<String, String> properties) {
        properties.remove(PropertyNames.REAL_TOPIC);
        properties.remove(PropertyNames.REAL_QUEUE_ID);
    }

    /** A message with a delay level waits for that, and for no time. */
    public static void forget(Map<String, String> properties) {
        properties.remove(PropertyNames.TIMER_DELAY_SECONDS);
        properties.remove(PropertyNames.TIMER_DELAY_MS);
        properties.remove(PropertyNames.TIMER_DELIVER_MS);
    }

    /** @return a whole number of a stored message's property; {@code otherwise} when it is missing or nonsense */
    static long stored(@Nullable String text, long otherwise) {
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
