package io.ternmq.runtime.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.Filter;
import io.ternmq.MessageHandler;
import io.ternmq.Partition;
import io.ternmq.Retry;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.engine.MemberTerms;
import io.ternmq.engine.StoredMessage;
import io.ternmq.runtime.StandInEngine;
import io.ternmq.runtime.message.Converters;
import io.ternmq.runtime.message.Inheritance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopicLeasingTest {

    private static final Duration INVISIBLE = Duration.ofSeconds(60);

    private long nowNs;
    private final StandInEngine engine = new StandInEngine() {
        @Override
        public long nanoTime() {
            return nowNs;
        }
    };
    private final Member member = new Member();
    private final List<Long> handled = new ArrayList<>();
    /** What handlers' executor was given and the test runs. */
    private final Queue<Runnable> threads = new ArrayDeque<>();

    @Test
    void moreIsAskedForAtATimeWhenHandlersAreQuick() {
        begin(false, threads::add);
        List<Integer> counts = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            counts.add(member.asked.remove().countMax());
            nowNs += Duration.ofMillis(10).toNanos();
            member.give(counts.get(round));
            runAll();
        }
        assertThat(counts).first().isEqualTo(32);
        assertThat(counts).last().isEqualTo(GroupMember.TAKE_MAX);
        assertThat(member.acked).isEqualTo(handled);
    }

    @Test
    void inOrderNoMoreThanAHandlerMayHaveIsAskedForAtATime() {
        begin(true, threads::add);
        for (int round = 0; round < 10; round++) {
            assertThat(member.asked.remove().countMax()).isLessThanOrEqualTo(TopicPlan.COUNT_MAX);
            nowNs += Duration.ofMillis(20).toNanos();
            member.give(16);
            runAll();
        }
        assertThat(handled).hasSize(160).isSorted();
    }

    @Test
    void nothingIsAskedForWhileHandlersHaveEnough() {
        begin(false, threads::add);
        GroupMember.TakeRequest unused = member.asked.remove();
        member.give(32);
        assertThat(member.asked).isEmpty();
        runAll();
        assertThat(member.asked).hasSize(1);
    }

    @Test
    void whatNobodyCouldHandleIsPutBackAndTheNextIsAskedForLater() {
        TopicLeasing leasing = begin(false, task -> {
            throw new RejectedExecutionException("closed");
        });
        member.give(3);
        assertThat(member.putBack).containsExactly(0L, 1L, 2L);
        assertThat(member.asked).hasSize(1);
        List.copyOf(engine.scheduled).forEach(Runnable::run);
        assertThat(member.asked).hasSize(2);
        assertThat(leasing.stop()).isDone();
    }

    @Test
    void whatWasNotBegunIsPutBackAtTheEnd() {
        TopicLeasing leasing = begin(false, threads::add);
        member.give(3);
        CompletableFuture<Void> stopped = leasing.stop();
        assertThat(stopped).isNotDone();
        runAll();
        assertThat(handled).isEmpty();
        assertThat(member.putBack).containsExactly(0L, 1L, 2L);
        assertThat(stopped).isDone();
    }

    @Test
    void aLeaseThatIsBeingRenewedIsEndedByWhatItIsKnownByThen() {
        begin(false, threads::add);
        member.deadline = engine.clock().instant();
        member.give(1);
        engine.scheduled.remove().run();
        assertThat(member.extending).hasSize(1);
        runAll();
        assertThat(handled).containsExactly(0L);
        assertThat(member.acked).isEmpty();
        LeasedMessage lease = lease(0, Instant.EPOCH);
        member.extending.get(0).complete(new LeasedMessage(lease.message(), lease.deadline(), "renewed"));
        assertThat(member.acked).containsExactly(0L);
        assertThat(member.lastHandle).isEqualTo("renewed");
    }

    @Test
    void aLeaseThatCouldNotBeRenewedIsRenewedLater() {
        begin(false, threads::add);
        member.deadline = engine.clock().instant();
        member.give(1);
        engine.scheduled.remove().run();
        member.extending.get(0).completeExceptionally(new IllegalStateException("not now"));
        engine.scheduled.remove().run();
        assertThat(member.extending).hasSize(2);
    }

    private TopicLeasing begin(boolean ordered, Executor executor) {
        MessageHandler handler = message -> handled.add(message.offset());
        TopicPlan topic = new TopicPlan("orders", Filter.all(), 1, messages -> handler.handle(messages.get(0)));
        ConsumerPlan.Options options = new ConsumerPlan.Options(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO);
        ConsumerPlan plan = new ConsumerPlan(
                "billing",
                MemberTerms.Mode.LEASED,
                List.of(topic),
                16,
                ordered,
                Retry.classic(),
                INVISIBLE,
                options,
                List.of());
        Handling handling = new Handling("billing", List.of(), new Inheritance(), new Converters(List.of()));
        TopicLeasing leasing = new TopicLeasing(engine, member, plan, topic, handling, executor);
        leasing.resume();
        return leasing;
    }

    private void runAll() {
        for (Runnable next = threads.poll(); next != null; next = threads.poll()) {
            next.run();
        }
    }

    private static LeasedMessage lease(long offset, Instant deadline) {
        StoredMessage message = new StoredMessage(
                new Partition("orders", "a", 0),
                offset,
                "id" + offset,
                new byte[100],
                new StoredMessage.Marks(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), 0),
                Map.of(),
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                "");
        return new LeasedMessage(message, deadline, "handle");
    }

    /** Remembers what was asked of it. */
    private static final class Member extends StandInMember {

        private final Queue<TakeRequest> asked = new ArrayDeque<>();
        private final List<Long> acked = new ArrayList<>();
        private final List<Long> putBack = new ArrayList<>();
        private final List<CompletableFuture<LeasedMessage>> extending = new ArrayList<>();
        private CompletableFuture<List<LeasedMessage>> taking = new CompletableFuture<>();
        private Instant deadline = Instant.EPOCH.plus(INVISIBLE);
        private Object lastHandle = "";
        private long nextOffset;

        void give(int count) {
            List<LeasedMessage> leases = IntStream.range(0, count)
                    .mapToObj(i -> lease(nextOffset++, deadline))
                    .toList();
            taking.complete(leases);
        }

        @Override
        public CompletableFuture<List<LeasedMessage>> take(TakeRequest request) {
            asked.add(request);
            taking = new CompletableFuture<>();
            return taking;
        }

        @Override
        public CompletableFuture<Void> ack(LeasedMessage lease) {
            acked.add(lease.message().offset());
            lastHandle = lease.handle();
            return CompletableFuture.allOf();
        }

        @Override
        public CompletableFuture<LeasedMessage> extend(LeasedMessage lease, Duration invisible) {
            CompletableFuture<LeasedMessage> answer = new CompletableFuture<>();
            extending.add(answer);
            return answer;
        }

        @Override
        public CompletableFuture<Void> putBack(LeasedMessage lease) {
            putBack.add(lease.message().offset());
            return CompletableFuture.allOf();
        }
    }
}
