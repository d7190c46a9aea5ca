package io.ternmq.client.offset;

import io.ternmq.Filter;
import io.ternmq.Lag;
import io.ternmq.Partition;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.OffsetRange;
import io.ternmq.engine.ReadRequest;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.EpochClock;

/** How far groups are behind. Thread-safe. */
public final class Lags {

    private final Routes routes;
    private final Offsets offsets;
    private final Reading reading;
    private final EpochClock clock;
    private final long timeoutMs;

    /**
     * Asks nothing yet.
     *
     * @param routes    where partitions are
     * @param offsets   where groups are
     * @param reading   reads what waits longest
     * @param clock     tells how old that is
     * @param timeoutMs for an answer
     */
    public Lags(Routes routes, Offsets offsets, Reading reading, EpochClock clock, long timeoutMs) {
        this.routes = routes;
        this.offsets = offsets;
        this.reading = reading;
        this.clock = clock;
        this.timeoutMs = timeoutMs;
    }

    /**
     * How far a group is behind.
     *
     * @param group which group
     * @param topic in which topic
     * @return nothing when one of them does not exist
     */
    public CompletableFuture<Lag> find(String group, String topic) {
        return routes.readable(topic)
                .thenCompose(partitions -> sum(partitions.stream()
                        .map(partition -> find(group, partition))
                        .toList()));
    }

    private static CompletableFuture<Lag> sum(List<CompletableFuture<Lag>> parts) {
        return parts.stream()
                .reduce((one, other) -> one.thenCombine(other, Lag::plus))
                .orElseGet(() -> CompletableFuture.completedFuture(Lag.NONE));
    }

    private CompletableFuture<Lag> find(String group, Partition partition) {
        return offsets.committed(group, partition).thenCompose(committed -> {
            if (committed.isPresent()) {
                return behind(group, partition, committed);
            }
            return exists(group, partition)
                    .thenCompose(exists ->
                            exists ? behind(group, partition, committed) : CompletableFuture.completedFuture(Lag.NONE));
        });
    }

    private CompletableFuture<Boolean> exists(String group, Partition partition) {
        String what = "find the group " + group;
        return routes.find(partition)
                .thenCompose(connection -> new Call(RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG, what, timeoutMs)
                        .field("group", group)
                        .to(connection, answer -> switch (answer.code()) {
                            case ResponseCode.SUCCESS -> true;
                            case ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST -> false;
                            default -> throw Failures.refused(what, answer);
                        }));
    }

    private CompletableFuture<Lag> behind(String group, Partition partition, OptionalLong committed) {
        return offsets.range(partition).thenCompose(range -> {
            long next = range.clamp(committed.orElse(range.begin()));
            return next >= range.end()
                    ? CompletableFuture.completedFuture(Lag.NONE)
                    : age(group, partition, next).thenApply(age -> new Lag(count(range, next), age));
        });
    }

    private static long count(OffsetRange range, long next) {
        return range.end() - next;
    }

    private CompletableFuture<Duration> age(String group, Partition partition, long offset) {
        ReadRequest oldest = new ReadRequest(group, partition, offset, Filter.all(), 1, Duration.ZERO);
        return reading.read(oldest)
                .thenApply(answer -> answer.messages().isEmpty()
                        ? Duration.ZERO
                        : positive(Duration.between(
                                answer.messages().get(0).storedAt(), Instant.ofEpochMilli(clock.time()))));
    }

    private static Duration positive(Duration age) {
        return age.isNegative() ? Duration.ZERO : age;
    }
}
