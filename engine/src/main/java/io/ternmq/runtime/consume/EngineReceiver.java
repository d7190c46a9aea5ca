package io.ternmq.runtime.consume;

import io.ternmq.ClosedException;
import io.ternmq.Lease;
import io.ternmq.Receiver;
import io.ternmq.engine.Engine;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.runtime.message.Awaiting;
import io.ternmq.runtime.message.Converters;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Takes messages by hand. */
@SuppressWarnings("CollectionUndefinedEquality") // a future is the one it is
final class EngineReceiver implements Receiver {

    /** An answer may come this much later than it was asked for. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Engine engine;
    private final GroupMember member;
    private final String topic;
    private final Converters converters;

    private final Set<CompletableFuture<List<LeasedMessage>>> open = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    EngineReceiver(Engine engine, GroupMember member, String topic, Converters converters) {
        this.engine = engine;
        this.member = member;
        this.topic = topic;
        this.converters = converters;
    }

    @Override
    public List<Lease> receive(int countMax, Duration invisible, Duration wait) {
        return Awaiting.get(receiveAsync(countMax, invisible, wait), wait.plus(GRACE));
    }

    @Override
    public CompletableFuture<List<Lease>> receiveAsync(int countMax, Duration invisible, Duration wait) {
        if (closed) {
            throw new ClosedException("the receiver of '" + topic + "' is closed");
        }
        if (countMax < 1 || countMax > GroupMember.TAKE_MAX) {
            throw new IllegalArgumentException(
                    "countMax: " + countMax + " (expected: 1 to " + GroupMember.TAKE_MAX + ")");
        }
        CompletableFuture<List<LeasedMessage>> taking =
                member.take(new GroupMember.TakeRequest(topic, countMax, invisible, wait));
        open.add(taking);
        return taking.whenComplete((leases, failure) -> open.remove(taking))
                .thenApplyAsync(this::shown, engine.callbacks());
    }

    private List<Lease> shown(List<LeasedMessage> leases) {
        return leases.stream()
                .<Lease>map(lease -> new EngineLease(member, lease, converters))
                .toList();
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(taking -> taking.complete(List.of()));
        member.close();
    }
}
