package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.broker.transaction.HalfMessageCopier;
import io.ternmq.broker.transaction.TransactionEnd;
import io.ternmq.broker.transaction.TransactionEnd.Verdict;
import io.ternmq.broker.transaction.TransactionSettings;
import io.ternmq.log.LogSettings;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.storage.DiskDirectory;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.SysFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionTest {
    private static final long TIMEOUT_MS = TransactionSettings.DEFAULT.timeoutMs();
    private static final long INTERVAL_MS = TransactionSettings.DEFAULT.checkIntervalMs();
    private static final int CHECKS_MAX = TransactionSettings.DEFAULT.checksMax();

    /** Small segments that retention takes soon. */
    private static final LogSettings SHORT_LIVED = LogSettings.defaults()
            .withSizes(65_536, 16_384, 4_096)
            .withSpace(new LogSettings.Retain(3_600_000, 262_144), 1 << 20)
            .withCheckpoint(new LogSettings.CheckpointEvery(32_768, 3_600_000));

    @TempDir
    private Path folder;

    private ShardFixture shard;

    @BeforeEach
    void openShard() {
        shard = new ShardFixture(() -> DiskDirectory.open(folder), SHORT_LIVED);
        shard.topic("orders", 2);
    }

    @AfterEach
    void closeShard() {
        shard.close();
    }

    @Test
    void aCommittedMessageIsSeenOnceWithWhatItsSenderGaveIt() {
        ShardFixture.Sent half =
                shard.prepare("orders", 1, "paid", Map.of("TAGS", "blue", "KEYS", "k1", "UNIQ_KEY", "U1", "own", "x"));
        assertThat(half.stored).isTrue();
        assertThat(shard.read("orders", 1)).isEmpty();

        assertThat(shard.end(half, Verdict.COMMIT).refusal).isNull();

        assertThat(shard.read("orders", 1)).containsExactly("paid");
        List<String> seen = shard.read("orders", 1, record -> {
            assertThat(record.sysFlag() & SysFlag.TRANSACTION_MASK).isEqualTo(SysFlag.TRANSACTION_COMMIT);
            assertThat(record.preparedTransactionOffset())
                    .isEqualTo(half.message(0).position());
            Map<String, String> properties = new HashMap<>();
            record.forEachProperty(properties::put);
            assertThat(properties)
                    .containsOnly(
                            Map.entry("TAGS", "blue"),
                            Map.entry("KEYS", "k1"),
                            Map.entry("UNIQ_KEY", "U1"),
                            Map.entry("own", "x"),
                            Map.entry("PGROUP", "producers"),
                            Map.entry("__transactionId__", "U1"));
            return record.topic() + "/" + record.queueId();
        });
        assertThat(seen).containsExactly("orders/1");
    }

    @Test
    void aMessageThatWasRolledBackIsNeverSeen() {
        ShardFixture.Sent half = shard.prepare("orders", "paid");
        assertThat(shard.end(half, Verdict.ROLL_BACK).refusal).isNull();

        shard.advance(TIMEOUT_MS + INTERVAL_MS);

        assertThat(shard.read("orders")).isEmpty();
        assertThat(shard.questions).isEmpty();
    }

    @Test
    void theFirstDecisionCounts() {
        ShardFixture.Sent committed = shard.prepare("orders", "committed");
        ShardFixture.Sent rolledBack = shard.prepare("orders", "rolled back");
        shard.end(committed, Verdict.COMMIT);
        shard.end(rolledBack, Verdict.ROLL_BACK);

        assertThat(shard.end(committed, Verdict.COMMIT).refusal).isEqualTo(Refusal.UNKNOWN_TRANSACTION);
        assertThat(shard.end(committed, Verdict.ROLL_BACK).refusal).isEqualTo(Refusal.UNKNOWN_TRANSACTION);
        assertThat(shard.end(rolledBack, Verdict.COMMIT).refusal).isEqualTo(Refusal.UNKNOWN_TRANSACTION);
        assertThat(shard.read("orders")).containsExactly("committed");
    }

    @Test
    void onlyTheSendersGroupDecidesAndOnlyOnWhatItSent() {
        ShardFixture.Sent half = shard.prepare("orders", "paid");
        long id = half.message(0).position();
        long offset = half.message(0).queueOffset();

        assertThat(end(id, offset, "others").refusal).isEqualTo(Refusal.UNKNOWN_TRANSACTION);
        assertThat(end(id, offset + 1, "producers").refusal).isEqualTo(Refusal.UNKNOWN_TRANSACTION);
        assertThat(end(id + 1, offset, "producers").refusal).isEqualTo(Refusal.UNKNOWN_TRANSACTION);
        assertThat(shard.read("orders")).isEmpty();
        assertThat(end(id, offset, "producers").refusal).isNull();
    }

    @Test
    void producersAreAskedAfterTheTimeoutAndThenEachIntervalUntilTheyDecide() {
        ShardFixture.Sent half = shard.prepare("orders", "paid");
        shard.advance(TIMEOUT_MS - 1);
        assertThat(shard.questions).isEmpty();

        shard.advance(1);
        shard.advance(INTERVAL_MS - 1);
        assertThat(shard.questions).extracting(HalfMessage::checks).containsExactly(1);
        shard.advance(1);
        assertThat(shard.questions).extracting(HalfMessage::checks).containsExactly(1, 2);

        shard.end(half, Verdict.COMMIT);
        shard.advance(INTERVAL_MS);
        assertThat(shard.questions).hasSize(2);
        assertThat(shard.read("orders")).containsExactly("paid");
    }

    @Test
    void aMessageMayAskForMoreTimeThanTheTimeoutAndNotForLess() {
        shard.prepare("orders", 0, "patient", Map.of(PropertyNames.CHECK_IMMUNITY_SECONDS, "60"));
        ShardFixture.Sent hurried =
                shard.prepare("orders", 0, "hurried", Map.of(PropertyNames.CHECK_IMMUNITY_SECONDS, "1"));
        shard.advance(TIMEOUT_MS - 1);
        assertThat(shard.questions).isEmpty();
        shard.advance(1);
        assertThat(shard.questions)
                .extracting(HalfMessage::id)
                .containsExactly(hurried.message(0).position());
        shard.end(hurried, Verdict.ROLL_BACK);
        shard.advance(60_000 - TIMEOUT_MS - 1);
        assertThat(shard.questions).hasSize(1);
        shard.advance(1);
        assertThat(shard.questions).hasSize(2);
    }

    @Test
    void aQuestionIsTheMessageAsItsProducerKnowsIt() {
        ShardFixture.Sent half = shard.prepare("orders", 1, "paid", Map.of("UNIQ_KEY", "U1"));
        shard.advance(TIMEOUT_MS);

        MessageRecord question = question(shard.questions.get(0));
        assertThat(question.validate()).isNull();
        assertThat(question.bodyCrcMatches()).isTrue();
        assertThat(question.topic()).isEqualTo("orders");
        assertThat(question.queueId()).isEqualTo(1);
        assertThat(question.position()).isEqualTo(half.message(0).position());
        assertThat(question.property("UNIQ_KEY")).isEqualTo("U1");
        assertThat(question.property("PGROUP")).isEqualTo("producers");
        assertThat(question.property("TRANSACTION_CHECK_TIMES")).isEqualTo("1");
        assertThat(new String(question.body(), StandardCharsets.UTF_8)).isEqualTo("paid");
    }

    @Test
    void whatNobodyDecidesOnIsGivenUpAndAnOperatorFindsIt() {
        ShardFixture.Sent half = shard.prepare("orders", "paid");
        shard.advance(TIMEOUT_MS);
        for (int i = 1; i < CHECKS_MAX; i++) {
            shard.advance(INTERVAL_MS);
        }
        assertThat(shard.questions).hasSize(CHECKS_MAX);
        assertThat(shard.shard().catalog().topic(Names.GIVEN_UP_TOPIC)).isNull();

        shard.advance(INTERVAL_MS);

        assertThat(shard.questions).hasSize(CHECKS_MAX);
        assertThat(shard.read(Names.GIVEN_UP_TOPIC)).containsExactly("paid");
        assertThat(shard.read(Names.GIVEN_UP_TOPIC, 0, record -> record.property(PropertyNames.REAL_TOPIC)))
                .containsExactly("orders");
        assertThat(shard.end(half, Verdict.COMMIT).refusal).isEqualTo(Refusal.UNKNOWN_TRANSACTION);
        assertThat(shard.read("orders")).isEmpty();
    }

    @Test
    void aRestartForgetsNeitherTheUndecidedNorHowOftenTheyWereAskedAbout() {
        ShardFixture.Sent undecided = shard.prepare("orders", "undecided");
        ShardFixture.Sent decided = shard.prepare("orders", "decided");
        shard.end(decided, Verdict.COMMIT);
        shard.advance(TIMEOUT_MS);

        shard.restart();
        shard.advance(INTERVAL_MS);

        assertThat(shard.questions).extracting(HalfMessage::checks).containsExactly(1, 2);
        assertThat(shard.end(decided, Verdict.COMMIT).refusal).isEqualTo(Refusal.UNKNOWN_TRANSACTION);
        assertThat(shard.end(undecided, Verdict.COMMIT).refusal).isNull();
        assertThat(shard.read("orders")).containsExactly("decided", "undecided");
    }

    @Test
    void afterAStartProducersHaveTimeToComeBack() {
        shard.prepare("orders", "paid");
        shard.stop();
        shard.clock.advance(3_600_000);
        shard.reopenAfterCrash();

        shard.advance(TIMEOUT_MS - 1);
        assertThat(shard.questions).isEmpty();
        shard.advance(1);
        assertThat(shard.questions).hasSize(1);
    }

    @Test
    void manyThatAreDueAreAskedAboutAFewAtATimeAndEachOnce() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ids.add(shard.prepare("orders", "m" + i).message(0).position());
        }
        shard.advance(TIMEOUT_MS);
        assertThat(shard.questions).hasSizeLessThan(100);
        for (int i = 0; i < 10; i++) {
            shard.advance(10);
        }
        assertThat(shard.questions).extracting(HalfMessage::id).containsExactlyElementsOf(ids);
    }

    @Test
    void moreUndecidedThanAreAllowedAreRefusedAndTakenAgainWhenThereAreFewer() {
        shard.with(new TransactionSettings(6_000, 30_000, 15, 2));
        shard.prepare("orders", "a");
        ShardFixture.Sent second = shard.prepare("orders", "b");

        ShardFixture.Sent refused = shard.prepare("orders", "c");

        assertThat(refused.refusal).isEqualTo(Refusal.BUSY);
        shard.end(second, Verdict.ROLL_BACK);
        assertThat(shard.prepare("orders", "d").stored).isTrue();
    }

    @Test
    void whatCannotBeCommittedStaysUndecided() {
        ShardFixture.Sent half = shard.prepare("orders", "paid");
        shard.<Boolean>ask(outcome -> StateCommands.deleteTopic("orders", outcome));
        assertThat(shard.end(half, Verdict.COMMIT).refusal).isEqualTo(Refusal.UNKNOWN_TOPIC);

        shard.topic("orders", 2);
        assertThat(shard.end(half, Verdict.COMMIT).refusal).isNull();
        assertThat(shard.read("orders")).containsExactly("paid");
    }

    @Test
    void theUndecidedOutliveTheirSegmentAndKeepTheirIds() {
        ShardFixture.Sent first = shard.prepare("orders", 0, "first", Map.of("UNIQ_KEY", "U1"));
        ShardFixture.Sent second = shard.prepare("orders", 1, "second", Map.of());
        ShardFixture.Sent decided = shard.prepare("orders", "decided");
        shard.end(decided, Verdict.ROLL_BACK);

        outlive(first.message(0).position());
        assertThat(shard.end(second, Verdict.COMMIT).refusal).isNull();
        assertThat(shard.read("orders", 1)).containsExactly("second");

        shard.restart();
        outlive(shard.shard().figures().committedPosition());
        shard.questions.clear();
        shard.advance(INTERVAL_MS);
        HalfMessage asked = shard.questions.get(0);
        assertThat(asked.id()).isEqualTo(first.message(0).position());
        assertThat(question(asked).position()).isEqualTo(asked.id());
        assertThat(shard.<Long>ask(outcome -> StateCommands.locateHalfMessage(asked.id(), outcome)))
                .isEqualTo(asked.position())
                .isNotEqualTo(asked.id());

        assertThat(shard.end(first, Verdict.COMMIT).refusal).isNull();
        assertThat(shard.read("orders", 0)).contains("first");
        assertThat(shard.events).isEmpty();
    }

    /** Sends until retention has taken the position. */
    private void outlive(long position) {
        shard.topic("filler", 1);
        for (int i = 0; shard.shard().figures().startPosition() <= position; i++) {
            assertThat(i).as("rounds of filling").isLessThan(200);
            for (int sent = 0; sent < 16; sent++) {
                shard.send("filler", "x".repeat(2_000));
            }
            shard.maintain();
            shard.advance(1_000);
        }
    }

    private ShardFixture.Answer<TransactionEnd> end(long id, long offset, String group) {
        TransactionEnd end = new TransactionEnd(id, offset, group, Verdict.COMMIT);
        return shard.tell(outcome -> shard.shard().transactions().end(end, outcome));
    }

    private MessageRecord question(HalfMessage half) {
        try (ReadScratch scratch = new ReadScratch()) {
            byte[] bytes = new HalfMessageCopier(shard.shard().reader(), scratch).question(half);
            return new MessageRecord().wrap(new UnsafeBuffer(Objects.requireNonNull(bytes)), 0, bytes.length);
        }
    }
}
