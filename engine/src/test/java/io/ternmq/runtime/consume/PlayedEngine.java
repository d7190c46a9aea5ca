package io.ternmq.runtime.consume;

import io.ternmq.Partition;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.MemberTerms;
import io.ternmq.engine.ReadAnswer;
import io.ternmq.engine.ReadRequest;
import io.ternmq.engine.StoredMessage;
import io.ternmq.runtime.StandInEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** An engine with partitions that are read as a test says, and a group that keeps offsets. */
final class PlayedEngine extends StandInEngine {

    /** A read that waits for the test. */
    record Reading(ReadRequest request, CompletableFuture<ReadAnswer> answer) {}

    final Map<Partition, Reading> reads = new ConcurrentHashMap<>();
    final Map<Partition, Long> committed = new HashMap<>();
    final Queue<CompletableFuture<Void>> sendingBack = new ArrayDeque<>();
    final List<Consumer<Map<Partition, Long>>> listening = new ArrayList<>();

    /** As an operator does. */
    void reset(Map<Partition, Long> offsets) {
        listening.forEach(listener -> listener.accept(offsets));
    }

    @Override
    public CompletableFuture<List<Partition>> readable(String topic) {
        return super.readable(topic)
                .thenApply(all -> all.stream()
                        .filter(partition -> partition.topic().equals(topic))
                        .toList());
    }

    @Override
    public CompletableFuture<ReadAnswer> read(ReadRequest request) {
        Reading reading = new Reading(request, new CompletableFuture<>());
        reads.put(request.partition(), reading);
        return reading.answer();
    }

    @Override
    public CompletableFuture<OptionalLong> committed(String group, Partition partition) {
        Long offset = committed.get(partition);
        return CompletableFuture.completedFuture(offset == null ? OptionalLong.empty() : OptionalLong.of(offset));
    }

    @Override
    public CompletableFuture<Void> commit(String group, Map<Partition, Long> offsets) {
        committed.putAll(offsets);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<GroupMember> join(MemberTerms terms, Runnable events) {
        return CompletableFuture.completedFuture(new Member(sendingBack, listening));
    }

    /** Answers the read that waits. */
    void give(Partition partition, long from, int count, long next) {
        List<StoredMessage> messages = LongStream.range(from, from + count)
                .mapToObj(offset -> message(partition, offset))
                .toList();
        reads.remove(partition).answer().complete(new ReadAnswer(messages, next));
    }

    /** What is to be done later is done now, and not what that has done later still. */
    void turnClock() {
        List<Runnable> due = List.copyOf(scheduled);
        scheduled.removeAll(due);
        due.forEach(Runnable::run);
    }

    private static StoredMessage message(Partition partition, long offset) {
        StoredMessage.Marks marks =
                new StoredMessage.Marks(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), 0);
        return new StoredMessage(
                partition,
                offset,
                "id" + offset,
                new byte[0],
                marks,
                Map.of(),
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                "origin");
    }

    /** Sends back, and listens to operators. */
    private static final class Member extends StandInMember {

        private final Queue<CompletableFuture<Void>> sendingBack;
        private final List<Consumer<Map<Partition, Long>>> listening;

        private Member(Queue<CompletableFuture<Void>> sendingBack, List<Consumer<Map<Partition, Long>>> listening) {
            this.sendingBack = sendingBack;
            this.listening = listening;
        }

        @Override
        public void onReset(Consumer<Map<Partition, Long>> listener) {
            listening.add(listener);
        }

        @Override
        public CompletableFuture<Void> sendBack(StoredMessage message, Duration delay) {
            CompletableFuture<Void> sending = new CompletableFuture<>();
            sendingBack.add(sending);
            return sending;
        }
    }
}
