package io.ternmq.runtime.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.BusyException;
import io.ternmq.ClosedException;
import io.ternmq.InvalidRequestException;
import io.ternmq.Message;
import io.ternmq.OutcomeUnknownException;
import io.ternmq.Partition;
import io.ternmq.QueueSelector;
import io.ternmq.QueueSelectors;
import io.ternmq.SendReceipt;
import io.ternmq.UnavailableException;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.runtime.StandInEngine;
import io.ternmq.runtime.message.Awaiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SendAttemptsTest {

    private static final Partition FIRST = new Partition("orders", "a", 0);
    private static final Partition SECOND = new Partition("orders", "b", 0);

    private long nowNs;
    private final StandInEngine engine = new StandInEngine() {
        @Override
        public long nanoTime() {
            return nowNs;
        }
    };
    private final Routes routes = new Routes(engine);
    private SendPlan plan = SendPlan.of(List.of()).withSelector((message, partitions) -> partitions.get(0));

    @BeforeEach
    void twoPartitions() {
        engine.partitions(CompletableFuture.completedFuture(List.of(FIRST, SECOND)));
    }

    @Test
    void whatIsStoredAtOnceIsSentOnce() {
        CompletableFuture<SendReceipt> send = send("m");
        SendReceipt receipt = answer(0);
        assertThat(send).isCompletedWithValue(receipt);
        assertThat(engine.sent).hasSize(1);
        assertThat(engine.scheduled).isEmpty();
    }

    @Test
    void anUnavailablePartitionIsNotTriedAgainWhileThereIsAnother() {
        CompletableFuture<SendReceipt> send = send("m");
        engine.sent.get(0).answer().completeExceptionally(new UnavailableException("gone"));
        engine.scheduled.remove().run();
        assertThat(engine.sent.get(1).partition()).isEqualTo(SECOND);
        assertThat(engine.sent.get(1).message().id())
                .isEqualTo(engine.sent.get(0).message().id());
        assertThat(send).isCompletedWithValue(answer(1));
    }

    @ParameterizedTest
    @MethodSource("bound")
    void aMessageThatIsBoundToItsPartitionIsTriedAgainThere(QueueSelector selector, Message message) {
        plan = plan.withSelector(selector);
        CompletableFuture<SendReceipt> send = send(new OutgoingMessage("m", message, new byte[0]));
        Partition first = engine.sent.get(0).partition();
        for (int attempt = 0; attempt < 2; attempt++) {
            engine.sent.get(attempt).answer().completeExceptionally(new UnavailableException("gone"));
            engine.scheduled.remove().run();
            assertThat(engine.sent.get(attempt + 1).partition()).isEqualTo(first);
        }
        assertThat(send).isCompletedWithValue(answer(2));
    }

    static List<Arguments> bound() {
        Message plain = Message.to("orders");
        QueueSelector first = (message, partitions) -> partitions.get(0);
        return List.of(
                Arguments.of(QueueSelectors.byKeyOrInTurn(), plain.key("42")),
                Arguments.of(QueueSelectors.byKeyOrInTurn(), plain.key("43")),
                Arguments.of(QueueSelectors.byKey(), plain.orderingGroup("a")),
                Arguments.of(QueueSelectors.inTurn(), plain.orderingGroup("a")),
                Arguments.of(first, plain.orderingGroup("a")));
    }

    @Test
    void aPartitionThatIsNoMoreIsLeftByWhatWasBoundToIt() {
        plan = plan.withSelector(QueueSelectors.byKey());
        CompletableFuture<SendReceipt> send =
                send(new OutgoingMessage("m", Message.to("orders").key("42"), new byte[0]));
        Partition first = engine.sent.get(0).partition();
        Partition other = first.equals(FIRST) ? SECOND : FIRST;
        engine.partitions(CompletableFuture.completedFuture(List.of(other)));
        engine.sent.get(0).answer().completeExceptionally(new UnavailableException("gone"));
        engine.scheduled.remove().run();
        assertThat(engine.sent.get(1).partition()).isEqualTo(other);
        assertThat(send).isCompletedWithValue(answer(1));
    }

    @Test
    void theLastFailureIsTheAnswer() {
        CompletableFuture<SendReceipt> send = send("m");
        for (int attempt = 0; attempt < 3; attempt++) {
            engine.sent.get(attempt).answer().completeExceptionally(new OutcomeUnknownException("attempt " + attempt));
            if (attempt < 2) {
                engine.scheduled.remove().run();
            }
        }
        assertThat(failure(send)).isInstanceOf(OutcomeUnknownException.class).hasMessage("attempt 2");
        assertThat(engine.scheduled).isEmpty();
    }

    @Test
    void aSendTakesNoLongerThanItsTimeout() {
        plan = plan.withAttempts(100).withTimeout(Duration.ofSeconds(1));
        CompletableFuture<SendReceipt> send = send("m");
        nowNs = Duration.ofMillis(900).toNanos();
        engine.sent.get(0).answer().completeExceptionally(new UnavailableException("gone"));
        engine.scheduled.remove().run();
        nowNs = Duration.ofMillis(990).toNanos();
        engine.sent.get(1).answer().completeExceptionally(new UnavailableException("still gone"));
        assertThat(failure(send)).hasMessage("still gone");
        assertThat(engine.scheduled).isEmpty();
    }

    @Test
    void whatCanNeverBeStoredIsNotTriedAgain() {
        CompletableFuture<SendReceipt> send = send("m");
        engine.sent.get(0).answer().completeExceptionally(new InvalidRequestException("too large"));
        assertThat(failure(send)).isInstanceOf(InvalidRequestException.class);
        assertThat(engine.scheduled).isEmpty();
    }

    @Test
    void aSelectorThatFailsAfterwardsDoesNotLoseTheReceipt() {
        plan = plan.withSelector(new QueueSelector() {
            @Override
            public Partition select(Message message, List<Partition> partitions) {
                return partitions.get(0);
            }

            @Override
            public void sent(Partition partition, long nanos, boolean failed) {
                throw new IllegalStateException("the application's mistake");
            }
        });
        CompletableFuture<SendReceipt> send = send("m");
        assertThat(send).isCompletedWithValue(answer(0));
    }

    @Test
    void closingFailsWhatWaitsToBeTriedAgain() {
        CompletableFuture<SendReceipt> send = send("m");
        engine.sent.get(0).answer().completeExceptionally(new BusyException("full"));
        routes.close();
        assertThat(failure(send)).isInstanceOf(ClosedException.class);
    }

    @Test
    void sendsKeepTheirOrderWhileTheirTopicIsLookedUp() {
        CompletableFuture<List<Partition>> lookup = new CompletableFuture<>();
        engine.partitions(lookup);
        List<CompletableFuture<SendReceipt>> early = List.of(send("first"), send("second"), send("third"));
        assertThat(engine.sent).isEmpty();
        lookup.complete(List.of(FIRST));
        CompletableFuture<SendReceipt> late = send("fourth");
        assertThat(early).doesNotContain(late);
        assertThat(engine.sent)
                .extracting(sent -> sent.message().id())
                .containsExactly("first", "second", "third", "fourth");
    }

    private CompletableFuture<SendReceipt> send(String id) {
        return send(new OutgoingMessage(id, Message.to("orders"), new byte[0]));
    }

    private CompletableFuture<SendReceipt> send(OutgoingMessage out) {
        return new SendAttempts<>(routes, plan, out.message(), partition -> engine.send(partition, out)).start();
    }

    private static Throwable failure(CompletableFuture<?> send) {
        assertThat(send).isCompletedExceptionally();
        return send.handle((result, failure) -> Awaiting.cause(failure)).join();
    }

    private SendReceipt answer(int attempt) {
        StandInEngine.Sent sent = engine.sent.get(attempt);
        SendReceipt receipt = new SendReceipt(sent.message().id(), sent.partition(), attempt, Optional.empty());
        sent.answer().complete(receipt);
        return receipt;
    }
}
