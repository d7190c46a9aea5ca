package io.ternmq.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.ternmq.BodyConversionException;
import io.ternmq.Message;
import io.ternmq.OutcomeUnknownException;
import io.ternmq.Partition;
import io.ternmq.Producer;
import io.ternmq.QueueSelectors;
import io.ternmq.ReceivedMessage;
import io.ternmq.SendInterceptor;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import io.ternmq.Transaction;
import io.ternmq.TransactionChecker.Decision;
import io.ternmq.UnsupportedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the API promises of sends of every kind, whatever is under it. Each test uses topics and groups of its own. */
abstract class SendContract {

    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final Noting noting = new Noting();
    private final Noting inner = new Noting();
    private TernMQ mq;
    private String topic = "";
    private String group = "";

    /** Begins to open the queue that is tested. */
    abstract TernMQBuilder queue();

    @BeforeEach
    void open(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        topic = name + test.getDisplayName().replaceAll("[^A-Za-z_]", "").replace(name, "");
        group = "g-" + topic;
        mq = queue().transactions("shop", prepared -> Decision.UNKNOWN)
                .intercept(noting)
                .intercept(inner)
                .open();
    }

    @AfterEach
    void close() {
        mq.close();
    }

    /** The ways to send a message. */
    enum Kind {
        WAITING {
            @Override
            void send(TernMQ mq, Message message) {
                mq.send(message);
            }
        },
        ASYNC {
            @Override
            void send(TernMQ mq, Message message) {
                mq.sendAsync(message).join();
            }
        },
        ONE_WAY {
            @Override
            void send(TernMQ mq, Message message) {
                mq.sendOneWay(message);
            }
        },
        BATCH {
            @Override
            void send(TernMQ mq, Message message) {
                mq.send(List.of(message));
            }
        },
        ASYNC_BATCH {
            @Override
            void send(TernMQ mq, Message message) {
                mq.sendAsync(List.of(message)).join();
            }
        },
        PREPARED {
            @Override
            void send(TernMQ mq, Message message) {
                try (Transaction transaction = mq.prepare(message)) {
                    transaction.commit();
                }
            }
        },
        REQUEST {
            @Override
            void send(TernMQ mq, Message message) {
                assertThat(mq.request(message, LONG).text()).isEqualTo("answer");
            }
        },
        ASYNC_REQUEST {
            @Override
            void send(TernMQ mq, Message message) {
                assertThat(mq.requestAsync(message, LONG).join().text()).isEqualTo("answer");
            }
        };

        abstract void send(TernMQ mq, Message message);

        boolean givesAReceipt() {
            return this != ONE_WAY && this != REQUEST && this != ASYNC_REQUEST;
        }
    }

    /** Notes what it sees, and throws when it is told to. */
    private static final class Noting implements SendInterceptor {
        final List<Message> before = new CopyOnWriteArrayList<>();
        final List<Told> after = new CopyOnWriteArrayList<>();
        volatile boolean throwing;

        record Told(
                Message message,
                @Nullable SendReceipt receipt,
                @Nullable Throwable failure) {}

        @Override
        public Message beforeSend(Message message) {
            if (throwing) {
                throw new IllegalStateException("not this one");
            }
            before.add(message);
            return message;
        }

        @Override
        public void afterSend(Message message, @Nullable SendReceipt receipt, @Nullable Throwable failure) {
            after.add(new Told(message, receipt, failure));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whoSawAMessageIsToldThatItWasSent(Kind kind) {
        mq.consumer(group).answer(topic, request -> "answer").start();
        kind.send(mq, Message.to(topic).body("x"));

        assertThat(noting.before).hasSize(1);
        await().untilAsserted(() -> assertThat(noting.after).hasSize(1));
        Noting.Told told = noting.after.get(0);
        assertThat(told.message().topic()).isEqualTo(topic);
        assertThat(told.failure()).isNull();
        assertThat(told.receipt() != null).isEqualTo(kind.givesAReceipt());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whoSawAMessageIsToldThatALaterOneStoppedIt(Kind kind) {
        inner.throwing = true;
        assertThat(thrownBy(() -> kind.send(mq, Message.to(topic).body("x"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not this one");
        assertThat(noting.before).hasSize(1);
        assertThat(noting.after).hasSize(1);
        assertThat(noting.after.get(0).failure()).hasMessage("not this one");
        assertThat(inner.after).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whoSawAMessageIsToldThatItsBodyCannotBeSent(Kind kind) {
        assertThat(thrownBy(() -> kind.send(mq, Message.to(topic).body(new Object()))))
                .isInstanceOf(BodyConversionException.class);
        for (Noting each : List.of(noting, inner)) {
            assertThat(each.before).hasSize(1);
            assertThat(each.after).hasSize(1);
            assertThat(each.after.get(0).failure()).isInstanceOf(BodyConversionException.class);
        }
    }

    @Test
    void whatIsWrongWithOneOfABatchIsToldOfAll() {
        List<Message> batch =
                List.of(Message.to(topic).body("good"), Message.to(topic).body(new Object()));
        assertThatThrownBy(() -> mq.send(batch)).isInstanceOf(BodyConversionException.class);
        assertThat(noting.before).hasSize(2);
        assertThat(noting.after)
                .hasSize(2)
                .allSatisfy(told -> assertThat(told.failure()).isInstanceOf(BodyConversionException.class));
    }

    private static Throwable thrownBy(Runnable send) {
        Throwable thrown = catchThrowable(send::run);
        return thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }

    @Test
    void aRequestThatNobodyAnswersEndsInTime() {
        assertThat(mq.requestAsync(Message.to(topic).body("anybody?"), Duration.ofMillis(300)))
                .failsWithin(LONG)
                .withThrowableThat()
                .withCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(noting.after).hasSize(1);
        assertThat(noting.after.get(0).failure()).isNotNull();
    }

    @Test
    void aResourceThatCannotBeJoinedIsRefused() {
        Producer joining = mq.joining(new Object());
        assertThatThrownBy(() -> joining.send(Message.to(topic).body("x")))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("java.lang.Object");
        assertThatThrownBy(() -> joining.send(List.of(Message.to(topic).body("x"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMessageForATimeComesThenAndNotBefore() {
        List<Instant> received = new CopyOnWriteArrayList<>();
        mq.consumer(group).on(topic, message -> received.add(Instant.now())).start();
        Instant due = Instant.now().plusMillis(1_500);
        mq.send(Message.to(topic).body("later").deliverAt(due));
        await().until(() -> received.size() == 1);
        assertThat(received.get(0)).isAfterOrEqualTo(due.minusMillis(50));
    }

    @Test
    void aMessageKnowsWhenItWasMadeAndStored() {
        List<ReceivedMessage> received = new CopyOnWriteArrayList<>();
        mq.consumer(group).on(topic, received::add).start();
        Instant before = Instant.now().minusMillis(1);
        mq.send(Message.to(topic).body("x"));
        Instant after = Instant.now();
        await().until(() -> received.size() == 1);
        assertThat(received.get(0).sentAt()).isBetween(before, after);
        assertThat(received.get(0).storedAt()).isBetween(before, after);
    }

    @Test
    void aRandomSelectorUsesMoreThanOnePartition() {
        mq.admin().putTopic(topic, 4);
        Producer producer =
                mq.producer().selector(QueueSelectors.random()).timeout(LONG).open();
        Set<Partition> used = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 64; i++) {
            used.add(producer.send(Message.to(topic).key("same").body("m" + i)).partition());
        }
        assertThat(used).hasSizeGreaterThan(1);
        assertThatThrownBy(() -> mq.producer().timeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout");
    }

    @Test
    void aDecidedTransactionStaysDecided() {
        try (Transaction transaction = mq.prepare(Message.to(topic).body("x"))) {
            transaction.commit();
            assertThatThrownBy(transaction::commit).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(transaction::rollback).isInstanceOf(IllegalStateException.class);
        }
    }
}
