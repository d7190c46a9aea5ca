package io.ternmq.runtime.consume;

import io.ternmq.ClosedException;
import io.ternmq.Lease;
import io.ternmq.Receiver;
import io.ternmq.engine.Engine;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.runtime.message.Awaiting;
import io.ternmq.runtime.message.Converters;
import io.ternmq.runtime.read.Takers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Takes messages by hand. */
@SuppressWarnings("CollectionUndefinedEquality") // a future is the one it is
final class EngineReceiver implements Receiver, Takers.Taker {

    /** An answer may come this much later than it was asked for. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration WAIT_MAX = Duration.ofDays(1);

    private final Engine engine;
    private final GroupMember member;
    private final String topic;
    private final Converters converters;
    private final Takers takers;

    private final Set<CompletableFuture<List<LeasedMessage>>> open = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    EngineReceiver(Engine engine, GroupMember member, String topic, Converters converters, Takers takers) {
        this.engine = engine;
        this.member = member;
        this.topic = topic;
        this.converters = converters;
        this.takers = takers;
    }

    @Override
    public List<Lease> receive(int countMax, Duration invisible, Duration wait) {
        CompletableFuture<List<LeasedMessage>> taking = take(countMax, invisible, wait);
        try {
            return shown(Awaiting.get(taking, wait.plus(GRACE)));
        } catch (RuntimeException e) {
            forget(taking);
            throw e;
        }
    }

    @Override
    public CompletableFuture<List<Lease>> receiveAsync(int countMax, Duration invisible, Duration wait) {
        CompletableFuture<List<LeasedMessage>> taking;
        try {
            taking = take(countMax, invisible, wait);
        } catch (RuntimeException e) { // closed, or out of range
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<List<Lease>> result = taking.thenApplyAsync(this::shown, engine.callbacks());
        CompletableFuture<List<Lease>> unused = result.whenComplete((leases, failure) -> {
            if (failure != null) {
                forget(taking); // whoever asked wants it no longer
            }
        });
        return result;
    }

    private CompletableFuture<List<LeasedMessage>> take(int countMax, Duration invisible, Duration wait) {
        if (closed) {
            throw new ClosedException("the receiver of '" + topic + "' is closed");
        }
        if (countMax < 1 || countMax > TopicPlan.COUNT_MAX) {
            throw new IllegalArgumentException(
                    "countMax: " + countMax + " (expected: 1 to " + TopicPlan.COUNT_MAX + ")");
        }
        InvisibleTime.check(invisible);
        if (wait.isNegative() || wait.compareTo(WAIT_MAX) > 0) {
            throw new IllegalArgumentException("wait: " + wait + " (expected: 0 to " + WAIT_MAX + ")");
        }
        CompletableFuture<List<LeasedMessage>> taking =
                member.take(new GroupMember.TakeRequest(topic, countMax, invisible, wait));
        open.add(taking);
        CompletableFuture<List<LeasedMessage>> unused = taking.whenComplete((leases, failure) -> open.remove(taking));
        if (closed) {
            forget(taking);
        }
        return taking;
    }

    /** Nobody gets what it takes: it takes nothing more, and what it took goes back. */
    private void forget(CompletableFuture<List<LeasedMessage>> taking) {
        if (!taking.complete(List.of()) && !taking.isCompletedExceptionally()) {
            for (LeasedMessage lease : taking.join()) {
                CompletableFuture<Void> unused = member.putBack(lease);
            }
        }
    }

    private List<Lease> shown(List<LeasedMessage> leases) {
        return leases.stream()
                .<Lease>map(lease -> new EngineLease(member, lease, converters))
                .toList();
    }

    @Override
    public void close() {
        closed = true;
        takers.closed(this);
        open.forEach(taking -> taking.complete(List.of()));
        member.close();
    }
}
