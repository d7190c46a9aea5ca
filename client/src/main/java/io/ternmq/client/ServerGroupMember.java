package io.ternmq.client;

import io.ternmq.Partition;
import io.ternmq.UnsupportedException;
import io.ternmq.client.lease.Leasing;
import io.ternmq.client.member.Presence;
import io.ternmq.client.member.Resets;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.engine.MemberTerms;
import io.ternmq.engine.StoredMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A member of a group on a server: its place, and what it takes. */
final class ServerGroupMember implements GroupMember {

    private final String name;
    private final MemberTerms terms;
    private final Presence.Seat seat;
    private final Leasing leasing;
    private final Resets resets;
    private final Queue<Runnable> listening = new ConcurrentLinkedQueue<>();

    ServerGroupMember(String name, MemberTerms terms, Presence.Seat seat, Leasing leasing, Resets resets) {
        this.name = name;
        this.terms = terms;
        this.seat = seat;
        this.leasing = leasing;
        this.resets = resets;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> members() {
        return seat.clients();
    }

    @Override
    public CompletableFuture<List<LeasedMessage>> take(TakeRequest request) {
        return terms.mode() == MemberTerms.Mode.LEASED
                ? leasing.take(request)
                : CompletableFuture.failedFuture(new UnsupportedException(
                        "take: by a member that is " + terms.mode() + " (expected: one that is LEASED)"));
    }

    @Override
    public CompletableFuture<Void> ack(LeasedMessage lease) {
        return leasing.ack(lease);
    }

    @Override
    public CompletableFuture<LeasedMessage> extend(LeasedMessage lease, Duration invisible) {
        return leasing.extend(lease, invisible);
    }

    @Override
    public CompletableFuture<Void> retry(LeasedMessage lease, Duration delay) {
        return leasing.retry(lease, delay);
    }

    @Override
    public CompletableFuture<Void> putBack(LeasedMessage lease) {
        return leasing.putBack(lease);
    }

    @Override
    public CompletableFuture<Void> deadLetter(LeasedMessage lease) {
        return leasing.deadLetter(lease);
    }

    @Override
    public CompletableFuture<Void> sendBack(StoredMessage message, Duration delay) {
        return leasing.sendBack(message, delay);
    }

    /** Broadcast members keep their own offsets, and those that lease are given what the broker wants. */
    @Override
    public void onReset(Consumer<Map<Partition, Long>> listener) {
        if (terms.mode() == MemberTerms.Mode.PARTITIONED) {
            listening.add(resets.listen(terms.group(), listener));
        }
    }

    @Override
    public void close() {
        for (Runnable end = listening.poll(); end != null; end = listening.poll()) {
            end.run();
        }
        leasing.close();
        CompletableFuture<Void> unused = seat.leave();
    }
}
