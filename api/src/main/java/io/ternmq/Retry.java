package io.ternmq;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * When a message whose handler threw is tried again.
 *
 * @param delays   before the second attempt, the third and so on; the last one is repeated
 * @param attempts how often a message is tried in all before it becomes a dead letter; 0: as often as its group says
 * @param hopeless exceptions, with their subclasses, at which a message becomes a dead letter at once
 */
public record Retry(List<Duration> delays, int attempts, List<Class<? extends Throwable>> hopeless) {

    private static final int EXPONENTIAL_STEPS_MAX = 40;

    /** Checks what is given. */
    public Retry {
        delays = List.copyOf(delays);
        hopeless = List.copyOf(hopeless);
        if (delays.isEmpty() || delays.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("delays: " + delays + " (expected: at least one, none negative)");
        }
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts: " + attempts + " (expected: 0 or more)");
        }
    }

    /**
     * The default: 10 s, 30 s, 1 to 10 minutes, 20 and 30 minutes, 1 and 2 hours.
     *
     * @return what RocketMQ does
     */
    public static Retry classic() {
        Stream<Duration> seconds = Stream.of(10, 30).map(Duration::ofSeconds);
        Stream<Duration> minutes =
                Stream.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 60, 120).map(Duration::ofMinutes);
        return new Retry(Stream.concat(seconds, minutes).toList(), 0, List.of());
    }

    /**
     * The same delay each time.
     *
     * @param delay 0 or more
     * @return a policy
     */
    public static Retry every(Duration delay) {
        return new Retry(List.of(delay), 0, List.of());
    }

    /**
     * Each delay twice the one before.
     *
     * @param first more than nothing
     * @param max   where it ends
     * @return a policy
     */
    public static Retry exponential(Duration first, Duration max) {
        if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "first and max: " + first + " and " + max + " (expected: above 0, and max not below first)");
        }
        List<Duration> delays = new ArrayList<>();
        Duration next = first;
        while (next.compareTo(max) < 0 && delays.size() < EXPONENTIAL_STEPS_MAX) {
            delays.add(next);
            next = next.multipliedBy(2);
        }
        delays.add(max);
        return new Retry(delays, 0, List.of());
    }

    /**
     * Ends after so many attempts.
     *
     * @param count 1 or more
     * @return a copy
     */
    public Retry attempts(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("attempts: " + count + " (expected: 1 or more)");
        }
        return new Retry(delays, count, hopeless);
    }

    /**
     * Makes dead letters at once of messages whose handler throws such an exception.
     *
     * @param exception with its subclasses
     * @return a copy
     */
    public Retry deadLetterOn(Class<? extends Throwable> exception) {
        List<Class<? extends Throwable>> more = new ArrayList<>(hopeless);
        more.add(exception);
        return new Retry(delays, attempts, more);
    }

    /**
     * When to try again.
     *
     * @param attempt which one failed, 1 for the first
     * @return the time until the next
     */
    public Duration delayAfter(int attempt) {
        return delays.get(Math.min(Math.max(attempt, 1), delays.size()) - 1);
    }

    /**
     * Whether it is over.
     *
     * @param attempt which one failed, 1 for the first
     * @param failure what the handler threw
     * @return true when the message becomes a dead letter
     */
    public boolean endsAfter(int attempt, Throwable failure) {
        return (attempts > 0 && attempt >= attempts) || hopeless.stream().anyMatch(kind -> kind.isInstance(failure));
    }
}
