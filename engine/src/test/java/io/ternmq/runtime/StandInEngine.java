package io.ternmq.runtime;

import io.ternmq.Lag;
import io.ternmq.Partition;
import io.ternmq.RecallResult;
import io.ternmq.SendReceipt;
import io.ternmq.engine.Engine;
import io.ternmq.engine.EngineAdmin;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.HalfMessage;
import io.ternmq.engine.MemberTerms;
import io.ternmq.engine.OffsetRange;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.engine.ReadAnswer;
import io.ternmq.engine.ReadRequest;
import io.ternmq.engine.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** An engine whose answers a test gives; what a test does not need fails. What is scheduled runs when the test says so. */
public class StandInEngine implements Engine {

    /** What was scheduled, in this order. */
    public final Queue<Runnable> scheduled = new ArrayDeque<>();

    /** What was asked of {@link #send}, with the future that the test completes. */
    public final List<Sent> sent = new ArrayList<>();

    private CompletableFuture<List<Partition>> partitions = CompletableFuture.completedFuture(List.of());

    /** A send that waits for the test. */
    public record Sent(Partition partition, OutgoingMessage message, CompletableFuture<SendReceipt> answer) {}

    /** Gives the partitions of every topic. */
    public void partitions(CompletableFuture<List<Partition>> all) {
        partitions = all;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.fixed(Instant.EPOCH);
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        scheduled.add(task);
        return () -> scheduled.remove(task);
    }

    @Override
    public CompletableFuture<List<Partition>> writable(String topic) {
        return partitions;
    }

    @Override
    public CompletableFuture<List<Partition>> readable(String topic) {
        return partitions;
    }

    @Override
    public CompletableFuture<SendReceipt> send(Partition partition, OutgoingMessage message) {
        Sent one = new Sent(partition, message, new CompletableFuture<>());
        sent.add(one);
        return one.answer();
    }

    @Override
    public CompletableFuture<List<SendReceipt>> send(Partition partition, List<OutgoingMessage> messages) {
        throw unexpected();
    }

    @Override
    public void sendOneWay(Partition partition, OutgoingMessage message) {
        throw unexpected();
    }

    @Override
    public CompletableFuture<HalfMessage> prepare(Partition partition, OutgoingMessage message) {
        throw unexpected();
    }

    @Override
    public CompletableFuture<StoredMessage> request(Partition partition, OutgoingMessage message, Duration timeout) {
        throw unexpected();
    }

    @Override
    public CompletableFuture<Void> reply(StoredMessage request, byte[] body) {
        throw unexpected();
    }

    @Override
    public CompletableFuture<RecallResult> recall(String topic, String handle) {
        throw unexpected();
    }

    @Override
    public CompletableFuture<GroupMember> join(MemberTerms terms, Runnable events) {
        throw unexpected();
    }

    @Override
    public CompletableFuture<ReadAnswer> read(ReadRequest request) {
        throw unexpected();
    }

    @Override
    public CompletableFuture<OffsetRange> range(Partition partition) {
        return CompletableFuture.completedFuture(new OffsetRange(0, 0));
    }

    @Override
    public CompletableFuture<Long> offsetAt(Partition partition, Instant time) {
        throw unexpected();
    }

    @Override
    public CompletableFuture<OptionalLong> committed(String group, Partition partition) {
        throw unexpected();
    }

    @Override
    public CompletableFuture<Void> commit(String group, Map<Partition, Long> offsets) {
        throw unexpected();
    }

    @Override
    public CompletableFuture<Lag> lag(String group, String topic) {
        throw unexpected();
    }

    @Override
    public EngineAdmin admin() {
        throw unexpected();
    }

    @Override
    public void close() {
        // nothing is open
    }

    private static AssertionError unexpected() {
        return new AssertionError("this test does not need it");
    }
}
