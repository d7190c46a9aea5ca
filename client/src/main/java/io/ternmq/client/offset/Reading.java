package io.ternmq.client.offset;

import io.ternmq.client.message.RecordReader;
import io.ternmq.client.message.TagFilter;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.ReadAnswer;
import io.ternmq.engine.ReadRequest;
import io.ternmq.engine.StoredMessage;
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
     * Reads.
     *
     * @param request what
     * @return what was there, after waiting for it
     */
    public CompletableFuture<ReadAnswer> read(ReadRequest request) {
        return read(request, nanoClock.nanoTime() + request.waitAtMost().toNanos());
    }

    private CompletableFuture<ReadAnswer> read(ReadRequest request, long untilNs) {
        return routes.find(request.partition())
                .thenCompose(connection -> ask(connection, request, untilNs))
                .thenCompose(answer -> {
                    boolean isOver = nanoClock.nanoTime() - untilNs >= 0;
                    if (!answer.messages().isEmpty() || isOver) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    // What was there was filtered out, or lies elsewhere: go on from where the server says.
                    return read(at(request, answer.nextOffset()), untilNs);
                });
    }

    private CompletableFuture<ReadAnswer> ask(Connection connection, ReadRequest request, long untilNs) {
        long remainingMs = TimeUnit.NANOSECONDS.toMillis(untilNs - nanoClock.nanoTime());
        long waitMs = Math.max(0, Math.min(WAIT_MS_MAX, remainingMs));
        int flags = PullRequest.FLAG_SUBSCRIPTION | (waitMs > 0 ? PullRequest.FLAG_SUSPEND : 0);
        String what = "read " + request.partition();
        return new Call(RequestCode.PULL_MESSAGE, what, timeoutMs)
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
                .to(connection, answer -> read(what, request, answer));
    }

    private ReadAnswer read(String what, ReadRequest request, RemotingFrame answer) {
        return switch (answer.code()) {
            case ResponseCode.SUCCESS -> {
                TagFilter tags = TagFilter.of(request.filter());
                List<StoredMessage> messages = new RecordReader(
                                request.partition().topic(), request.partition().broker())
                        .read(answer.body()).stream().filter(tags).toList();
                yield new ReadAnswer(messages, answer.getLong("nextBeginOffset"));
            }
            case ResponseCode.PULL_NOT_FOUND ->
                new ReadAnswer(List.of(), answer.getLong("nextBeginOffset", request.offset()));
            case ResponseCode.PULL_RETRY_IMMEDIATELY, ResponseCode.PULL_OFFSET_MOVED ->
                new ReadAnswer(List.of(), answer.getLong("nextBeginOffset"));
            default -> {
                routes.forget(request.partition().topic());
                throw Failures.refused(what, answer);
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
