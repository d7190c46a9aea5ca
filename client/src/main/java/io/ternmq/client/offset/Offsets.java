package io.ternmq.client.offset;

import io.ternmq.Partition;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.OffsetRange;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Where partitions begin and end, and where groups are in them. Thread-safe. */
public final class Offsets {

    private final Routes routes;
    private final long timeoutMs;

    /**
     * Asks nothing yet.
     *
     * @param routes    where partitions are
     * @param timeoutMs for an answer
     */
    public Offsets(Routes routes, long timeoutMs) {
        this.routes = routes;
        this.timeoutMs = timeoutMs;
    }

    /**
     * What a partition has.
     *
     * @param partition which
     * @return its offsets
     */
    public CompletableFuture<OffsetRange> range(Partition partition) {
        CompletableFuture<Long> begin = ask(call(RequestCode.GET_MIN_OFFSET, partition), partition);
        CompletableFuture<Long> end = ask(call(RequestCode.GET_MAX_OFFSET, partition), partition);
        return begin.thenCombine(end, (first, behind) -> new OffsetRange(Math.max(0, first), Math.max(first, behind)));
    }

    /**
     * Where a time is.
     *
     * @param partition which
     * @param time      when
     * @return the offset of the first message that was stored then or later
     */
    public CompletableFuture<Long> at(Partition partition, Instant time) {
        return ask(
                call(RequestCode.SEARCH_OFFSET_BY_TIMESTAMP, partition).field("timestamp", time.toEpochMilli()),
                partition);
    }

    /**
     * How far a group has come.
     *
     * @param group     which group
     * @param partition in which partition
     * @return empty when it never consumed it
     */
    public CompletableFuture<OptionalLong> committed(String group, Partition partition) {
        String what = "find where " + group + " is in " + partition;
        Call call = call(RequestCode.QUERY_CONSUMER_OFFSET, partition)
                .field("consumerGroup", group)
                .field("setZeroIfNotFound", false);
        return routes.find(partition)
                .thenCompose(connection -> call.to(connection, answer -> switch (answer.code()) {
                    case ResponseCode.SUCCESS -> OptionalLong.of(answer.getLong("offset"));
                    case ResponseCode.QUERY_NOT_FOUND -> OptionalLong.empty();
                    default -> throw Failures.refused(what, answer);
                }));
    }

    /**
     * Keeps how far a group has come.
     *
     * @param group   which group
     * @param offsets what it consumes next
     * @return completes when all of it is kept
     */
    public CompletableFuture<Void> commit(String group, Map<Partition, Long> offsets) {
        return CompletableFuture.allOf(offsets.entrySet().stream()
                .map(entry -> commit(group, entry.getKey(), entry.getValue()))
                .toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> commit(String group, Partition partition, long offset) {
        Call call = call(RequestCode.UPDATE_CONSUMER_OFFSET, partition)
                .field("consumerGroup", group)
                .field("commitOffset", offset);
        return routes.find(partition).thenCompose(call::expect);
    }

    private Call call(int code, Partition partition) {
        return new Call(code, "ask for offsets of " + partition, timeoutMs)
                .field("topic", partition.topic())
                .field("queueId", partition.id())
                .field("bname", partition.broker());
    }

    private CompletableFuture<Long> ask(Call call, Partition partition) {
        return routes.find(partition)
                .thenCompose(connection -> call.expect(connection, answer -> answer.getLong("offset")));
    }
}
