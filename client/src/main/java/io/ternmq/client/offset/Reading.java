package io.ternmq.client.offset;

import io.netty.buffer.ByteBuf;
import io.ternmq.client.message.RecordReader;
import io.ternmq.client.message.TagFilter;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.ReadAnswer;
import io.ternmq.engine.ReadRequest;
import io.ternmq.protocol.remoting.PullRequest;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** Reads messages from where the caller says. Thread-safe. */
public final class Reading {

    /** A server is not asked to wait any longer at a time. */
    private static final long WAIT_MS_MAX = 20_000;

    private final Routes routes;
    private final EpochClock clock;
    private final NanoClock nanoClock;
    private final long timeoutMs;

    /**
     * Reads nothing yet.
     *
     * @param routes    where partitions are
     * @param clock     tells the time
     * @param nanoClock measures waits
     * @param timeoutMs for an answer
     */
    public Reading(Routes routes, EpochClock clock, NanoClock nanoClock, long timeoutMs) {
        this.routes = routes;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.timeoutMs = timeoutMs;
    }

    /**
     * What was read.
     *
     * @param messages   in their order
     * @param nextOffset where to go on
     * @param <M>        a form of messages
     */
    public record Found<M>(List<M> messages, long nextOffset) {}

    /** Makes messages of the records in an answer's body. */
    @FunctionalInterface
    public interface Records<M> {

        /**
         * Reads.
         *
         * @param body one record behind the other; valid until the method returns
         * @return those that are wanted, in their order
         */
        List<M> read(ByteBuf body);
    }

    /**
     * Reads.
     *
     * @param request what
     * @return what was there, after waiting for it
     */
    public CompletableFuture<ReadAnswer> read(ReadRequest request) {
        TagFilter tags = TagFilter.of(request.filter());
        RecordReader records = new RecordReader(
                request.partition().topic(), request.partition().broker());
        return read(request, body -> records.read(body).stream().filter(tags).toList())
                .thenApply(found -> new ReadAnswer(found.messages(), found.nextOffset()));
    }

    /**
     * Reads messages in the form that the caller makes of them.
     *
     * @param request what
     * @param records makes them
     * @param <M>     the form
     * @return what was there, after waiting for it
     */
    public <M> CompletableFuture<Found<M>> read(ReadRequest request, Records<M> records) {
        return read(
                request, records, nanoClock.nanoTime() + request.waitAtMost().toNanos());
    }

    private <M> CompletableFuture<Found<M>> read(ReadRequest request, Records<M> records, long untilNs) {
        return routes.find(request.partition())
                .thenCompose(connection -> ask(connection, request, records, untilNs))
                .thenCompose(answer -> {
                    boolean isOver = nanoClock.nanoTime() - untilNs >= 0;
                    if (!answer.messages().isEmpty() || isOver) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    // What was there was filtered out, or lies elsewhere: go on from where the server says.
                    return read(at(request, answer.nextOffset()), records, untilNs);
                });
    }

    private <M> CompletableFuture<Found<M>> ask(
            Connection connection, ReadRequest request, Records<M> records, long untilNs) {
        long remainingMs = TimeUnit.NANOSECONDS.toMillis(untilNs - nanoClock.nanoTime());
        long waitMs = Math.max(0, Math.min(WAIT_MS_MAX, remainingMs));
        int flags = PullRequest.FLAG_SUBSCRIPTION | (waitMs > 0 ? PullRequest.FLAG_SUSPEND : 0);
        return new Call(RequestCode.PULL_MESSAGE, what(request), timeoutMs)
                .waiting(waitMs)
                .field("consumerGroup", request.group())
                .field("topic", request.partition().topic())
                .field("queueId", request.partition().id())
                .field("queueOffset", request.offset())
                .field("maxMsgNums", request.countMax())
                .field("sysFlag", flags)
                .field("commitOffset", 0)
                .field("suspendTimeoutMillis", waitMs)
                .field("subscription", request.filter().expression())
                .field("subVersion", clock.time())
                .field("expressionType", TagFilter.language(request.filter()))
                .field("bname", request.partition().broker())
                .to(connection, answer -> found(request, records, answer));
    }

    private static String what(ReadRequest request) {
        return "read " + request.partition();
    }

    private <M> Found<M> found(ReadRequest request, Records<M> records, RemotingFrame answer) {
        return switch (answer.code()) {
            case ResponseCode.SUCCESS -> new Found<>(records.read(answer.body()), answer.getLong("nextBeginOffset"));
            case ResponseCode.PULL_NOT_FOUND ->
                new Found<>(List.of(), answer.getLong("nextBeginOffset", request.offset()));
            case ResponseCode.PULL_RETRY_IMMEDIATELY, ResponseCode.PULL_OFFSET_MOVED ->
                new Found<>(List.of(), answer.getLong("nextBeginOffset"));
            default -> {
                routes.forget(request.partition().topic());
                throw Failures.refused(what(request), answer);
            }
        };
    }

    private static ReadRequest at(ReadRequest request, long offset) {
        return new ReadRequest(
                request.group(),
                request.partition(),
                offset,
                request.filter(),
                request.countMax(),
                request.waitAtMost());
    }
}
