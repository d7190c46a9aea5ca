package io.ternmq.embedded;

import io.ternmq.BusyException;
import io.ternmq.ClosedException;
import io.ternmq.InvalidRequestException;
import io.ternmq.LeaseLostException;
import io.ternmq.StartAt;
import io.ternmq.UnsupportedException;
import io.ternmq.broker.lease.ChangedLease;
import io.ternmq.broker.lease.LaneMember;
import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.broker.lease.LeaseHandle;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.broker.lease.Leases;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.broker.lease.TakeMessages;
import io.ternmq.broker.lease.TakenMessages;
import io.ternmq.embedded.message.StoredMessages;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.engine.MemberTerms;
import io.ternmq.engine.StoredMessage;
import io.ternmq.log.ReadScratch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A member of a group in this process. Thread-safe. */
final class EmbeddedMember implements GroupMember {

    private static final int BYTES_MAX = 4 << 20;

    /** The shortest time that a lease may have. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final String name;
    private final MemberTerms terms;
    private final Parts parts;
    private final LaneMember lane;
    private final Map<String, Wanted> wanted = new HashMap<>();
    private volatile boolean closed;

    /**
     * What members share.
     *
     * @param access  the shard
     * @param readers read the log
     * @param present who is there
     * @param stored  makes messages of records
     */
    record Parts(ShardAccess access, ReaderThreads readers, PresentMembers present, StoredMessages stored) {}

    /** @throws InvalidRequestException when a filter cannot be understood */
    EmbeddedMember(String name, MemberTerms terms, Parts parts) {
        this.name = name;
        this.terms = terms;
        this.parts = parts;
        this.lane = terms.lane().map(each -> new LaneMember(each, name)).orElse(LaneMember.BASE);
        terms.topics().forEach((topic, filter) -> wanted.put(topic, Wanted.of(topic, filter)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> members() {
        return parts.present().of(terms.group());
    }

    @Override
    public CompletableFuture<List<LeasedMessage>> take(TakeRequest request) {
        return Promised.of(() -> {
            if (closed) {
                throw new ClosedException("the member of '" + terms.group() + "' has left");
            }
            CompletableFuture<List<LeasedMessage>> result = new CompletableFuture<>();
            take(request, parts.access().shard().timeMs() + request.waitAtMost().toMillis(), result);
            return result;
        });
    }

    private void take(TakeRequest request, long deadlineMs, CompletableFuture<List<LeasedMessage>> result) {
        Wanted filter = wantedOf(request.topic());
        LeaseWait.Request wait = new LeaseWait.Request(
                terms.group(),
                request.topic(),
                LeaseWait.ANY_QUEUE,
                terms.start() == StartAt.LATEST,
                filter::matches,
                terms.ordered(),
                true,
                deadlineMs,
                lane);
        TakeMessages.Terms take = new TakeMessages.Terms(
                request.countMax(), BYTES_MAX, request.invisible().toMillis());
        Take command = new Take(leases(), wait, take, result, taken -> taken(taken, request, deadlineMs, result));
        parts.access().submit(command, result);
    }

    /** On the shard's thread. */
    private void taken(Take take, TakeRequest request, long deadlineMs, CompletableFuture<List<LeasedMessage>> result) {
        if (take.result() == LeaseWait.Result.TOO_MANY_WAIT) {
            result.completeExceptionally(new BusyException("too many consumers or lanes wait for messages of '"
                    + request.topic() + "' (expected: fewer, or later)"));
        } else if (take.taken().isEmpty()) {
            result.complete(List.of());
        } else if (result.isDone()) {
            giveBack(take);
        } else {
            parts.readers().run(result, scratch -> read(take, request, deadlineMs, result, scratch));
        }
    }

    private void giveBack(Take take) {
        for (TakenMessages each : take.taken()) {
            LeaseHandle handle = new LeaseHandle(
                    new QueueRef(terms.group(), each.topic(), each.queueId()), each.offsets(), take.popTimeMs());
            parts.access().tell(leases().takeBack(handle, 0, new Asked<>()));
        }
    }

    private void read(
            Take take,
            TakeRequest request,
            long deadlineMs,
            CompletableFuture<List<LeasedMessage>> result,
            ReadScratch scratch) {
        TakenRecords.Reading reading = new TakenRecords.Reading(
                terms.group(),
                request.topic(),
                wantedOf(request.topic()),
                take.popTimeMs(),
                Instant.ofEpochMilli(take.popTimeMs()).plus(request.invisible()),
                parts.stored());
        List<LeasedMessage> messages = new ArrayList<>();
        for (TakenMessages taken : take.taken()) {
            TakenRecords records = new TakenRecords(reading, taken);
            records.read(parts.access().shard().reader(), scratch);
            records.unwanted().forEach(handle -> parts.access().tell(leases().acknowledge(handle, new Asked<>())));
            records.foreign()
                    .forEach(
                            each -> parts.access().tell(leases().handOver(each.handle(), each.topic(), new Asked<>())));
            messages.addAll(records.messages());
        }
        if (messages.isEmpty() && !result.isDone() && parts.access().shard().timeMs() < deadlineMs) {
            take(request, deadlineMs, result); // a filter refused them all
        } else if (!result.complete(messages)) {
            messages.forEach(this::putBackQuietly);
        }
    }

    private void putBackQuietly(LeasedMessage message) {
        parts.access().tell(leases().takeBack(handle(message), 0, new Asked<>()));
    }

    @Override
    public CompletableFuture<Void> ack(LeasedMessage lease) {
        return ended(lease, parts.access().ask(outcome -> leases().acknowledge(handle(lease), outcome)));
    }

    @Override
    public CompletableFuture<LeasedMessage> extend(LeasedMessage lease, Duration invisible) {
        return changed(lease, invisible);
    }

    @Override
    public CompletableFuture<Void> retry(LeasedMessage lease, Duration delay) {
        return changed(lease, delay.compareTo(AT_ONCE) < 0 ? AT_ONCE : delay).thenAccept(unused -> {});
    }

    @Override
    public CompletableFuture<Void> putBack(LeasedMessage lease) {
        return ended(lease, parts.access().ask(outcome -> leases().takeBack(handle(lease), 0, outcome)));
    }

    @Override
    public CompletableFuture<Void> deadLetter(LeasedMessage lease) {
        return ended(lease, parts.access().ask(outcome -> leases().bury(handle(lease), outcome)));
    }

    @Override
    public CompletableFuture<Void> sendBack(StoredMessage message, Duration delay) {
        return CompletableFuture.failedFuture(new UnsupportedException(
                "partitions shared out within a process (expected: leased messages, which need no allocation)"));
    }

    @Override
    public void close() {
        closed = true;
        parts.present().left(terms.group(), this);
        if (!lane.isBase()) {
            parts.access().tell(leases().leave(terms.group(), name, new Asked<>()));
        }
    }

    private CompletableFuture<LeasedMessage> changed(LeasedMessage lease, Duration invisible) {
        return parts.access()
                .<ChangedLease>ask(outcome -> leases().change(handle(lease), invisible.toMillis(), outcome))
                .thenApply(changed -> {
                    check(lease, changed.answer());
                    LeaseHandle old = handle(lease);
                    return new LeasedMessage(
                            lease.message(),
                            Instant.ofEpochMilli(parts.access().shard().timeMs())
                                    .plus(invisible),
                            new LeaseHandle(old.queue(), old.offsets(), changed.popTimeMs()));
                });
    }

    private static CompletableFuture<Void> ended(LeasedMessage lease, CompletableFuture<LeaseAnswer> answer) {
        return answer.thenAccept(each -> check(lease, each));
    }

    private static void check(LeasedMessage lease, LeaseAnswer answer) {
        if (answer != LeaseAnswer.DONE) {
            throw new CompletionException(
                    new LeaseLostException("message " + lease.message().id()
                            + (answer == LeaseAnswer.TOO_LATE
                                    ? ": its lease is over, and it was handed out again"
                                    : ": it is done already, or was never handed out")));
        }
    }

    private Wanted wantedOf(String topic) {
        Wanted known = wanted.get(topic);
        if (known == null) {
            throw new InvalidRequestException("topic: '" + topic + "' (expected: one of " + wanted.keySet() + ")");
        }
        return known;
    }

    private Leases leases() {
        return parts.access().shard().leases();
    }

    private static LeaseHandle handle(LeasedMessage lease) {
        return (LeaseHandle) lease.handle();
    }
}
