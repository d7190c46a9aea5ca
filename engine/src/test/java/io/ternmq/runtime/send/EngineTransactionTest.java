package io.ternmq.runtime.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.BusyException;
import io.ternmq.OutcomeUnknownException;
import io.ternmq.Partition;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQException;
import io.ternmq.Transaction;
import io.ternmq.TransactionChecker.Decision;
import io.ternmq.UnavailableException;
import io.ternmq.engine.HalfMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EngineTransactionTest {

    private final Half half = new Half();
    private final Transaction transaction = new EngineTransaction(half);

    /** Notes what is decided, and fails as the test says. */
    private static final class Half implements HalfMessage {
        final List<Decision> decisions = new ArrayList<>();
        final Queue<TernMQException> failures = new ArrayDeque<>();

        @Override
        public SendReceipt receipt() {
            return new SendReceipt("id", new Partition("orders", "a", 0), 0, Optional.empty());
        }

        @Override
        public CompletableFuture<Void> decide(Decision decision) {
            decisions.add(decision);
            TernMQException failure = failures.poll();
            return failure == null ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(failure);
        }
    }

    static List<TernMQException> failures() {
        return List.of(
                new BusyException("full"), new UnavailableException("gone"), new OutcomeUnknownException("no answer"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatWasDoneIsNotRolledBackBecauseTheCommitFailed(TernMQException failure) {
        half.failures.add(failure);
        assertThatThrownBy(() -> {
                    try (transaction) {
                        transaction.commit();
                    }
                })
                .isSameAs(failure);
        assertThat(half.decisions).containsExactly(Decision.COMMIT);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aCommitMayBeTriedAgain(TernMQException failure) {
        half.failures.add(failure);
        try (transaction) {
            assertThatThrownBy(transaction::commit).isSameAs(failure);
            transaction.commit();
        }
        assertThat(half.decisions).containsExactly(Decision.COMMIT, Decision.COMMIT);
    }

    @Test
    void aTriedCommitIsNotFollowedByARollback() {
        half.failures.add(new BusyException("full"));
        assertThatThrownBy(transaction::commit).isInstanceOf(BusyException.class);
        assertThatThrownBy(transaction::rollback)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("COMMIT again");
        assertThat(half.decisions).containsExactly(Decision.COMMIT);
    }

    @Test
    void whatIsNotDecidedIsRolledBack() {
        transaction.close();
        transaction.close();
        assertThat(half.decisions).containsExactly(Decision.ROLLBACK);
    }

    @Test
    void aFailedRollbackIsTriedAgainByClosing() {
        half.failures.add(new BusyException("full"));
        assertThatThrownBy(transaction::rollback).isInstanceOf(BusyException.class);
        transaction.close();
        assertThat(half.decisions).containsExactly(Decision.ROLLBACK, Decision.ROLLBACK);
    }

    @Test
    void whatIsDecidedStaysSo() {
        transaction.commit();
        assertThatThrownBy(transaction::commit)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already decided");
        assertThatThrownBy(transaction::rollback).isInstanceOf(IllegalStateException.class);
        transaction.close();
        assertThat(half.decisions).containsExactly(Decision.COMMIT);
    }
}
