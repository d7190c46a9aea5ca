package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.delay.DelayLevels;
import io.ternmq.broker.delay.DelayRule;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.broker.state.Progress;
import io.ternmq.log.storage.DiskDirectory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTest {
    @TempDir
    private Path folder;

    private ShardFixture shard;

    @BeforeEach
    void openShard() {
        shard = new ShardFixture(() -> DiskDirectory.open(folder));
    }

    @AfterEach
    void closeShard() {
        shard.close();
    }

    @Test
    void whatWasSentIsReadInOrderAndAfterARestartToo() {
        shard.topic("orders", 2);
        shard.send("orders", 0, "a", Map.of());
        shard.send("orders", 1, "b", Map.of());
        ShardFixture.Sent third = shard.send("orders", 0, "c", Map.of());
        shard.work();

        assertThat(third.stored).isTrue();
        assertThat(third.message(0).queueOffset()).isEqualTo(1);
        assertThat(shard.read("orders", 0)).containsExactly("a", "c");

        shard.restart();
        assertThat(shard.read("orders", 0)).containsExactly("a", "c");
        assertThat(shard.read("orders", 1)).containsExactly("b");
        assertThat(shard.send("orders", "d").message(0).queueOffset()).isEqualTo(2);
    }

    @Test
    void aMessageForADeletedTopicIsRefused() {
        Topic topic = shard.topic("orders", 1);
        ShardFixture.Sent late = new ShardFixture.Sent(topic.queueNo(0), shard.message("orders", 0, "late", Map.of()));
        assertThat(shard.<Boolean>ask(outcome -> StateCommands.deleteTopic("orders", outcome)))
                .isTrue();

        shard.shard().submit(late);
        shard.work();

        assertThat(late.refusal).isEqualTo(Refusal.UNKNOWN_TOPIC);
        assertThat(shard.shard().catalog().topic("orders")).isNull();
    }

    @Test
    void aTopicMadeAnewBeginsAtZero() {
        shard.topic("orders", 1);
        shard.send("orders", "old");
        shard.<Boolean>ask(outcome -> StateCommands.deleteTopic("orders", outcome));
        shard.topic("orders", 1);
        assertThat(shard.read("orders")).isEmpty();
        assertThat(shard.send("orders", "new").message(0).queueOffset()).isZero();
    }

    @Test
    void theBrokersOwnTopicsCannotBeDeleted() {
        ShardFixture.Answer<Boolean> answer =
                shard.tell(outcome -> StateCommands.deleteTopic(Names.TEMPLATE_TOPIC, outcome));
        assertThat(answer.refusal).isEqualTo(Refusal.ILLEGAL);
        assertThat(answer.detail).contains(Names.TEMPLATE_TOPIC);
    }

    @Test
    void aWaitingConsumerIsWokenByTheMessageItWaitsFor() {
        shard.topic("orders", 1);
        ShardFixture.Waiting waiting = shard.await("orders", 0, 15_000);
        assertThat(waiting.wakeUps).isZero();

        shard.send("orders", "a");
        assertThat(waiting.wakeUps).isEqualTo(1);
        assertThat(shard.await("orders", 0, 15_000).wakeUps).isEqualTo(1);
        assertThat(shard.await("orders", 1, 15_000).wakeUps).isZero();
    }

    @Test
    void aWaitingConsumerIsToldWhenItsTimeIsOver() {
        shard.topic("orders", 1);
        ShardFixture.Waiting waiting = shard.await("orders", 0, 15_000);
        shard.advance(14_000);
        assertThat(waiting.wakeUps).isZero();
        shard.advance(1_200);
        assertThat(waiting.wakeUps).isEqualTo(1);
    }

    @Test
    void progressIsVisibleAtOnceAndKeptOverARestart() {
        shard.topic("orders", 1);
        CommittedOffset offset = new CommittedOffset("billing", "orders", 0, 7);
        shard.<CommittedOffset>ask(outcome -> StateCommands.commitOffset(offset, outcome));
        assertThat(progress("billing", "orders")).isEqualTo(7);

        shard.restart();
        assertThat(progress("billing", "orders")).isEqualTo(7);
        assertThat(progress("other", "orders")).isEqualTo(Progress.NONE);
    }

    @Test
    void progressBecomesOneRecordASecond() {
        shard.topic("orders", 1);
        shard.advance(5_000);
        long before = shard.shard().figures().committedPosition();
        for (int i = 0; i < 10; i++) {
            CommittedOffset offset = new CommittedOffset("billing", "orders", 0, i + 1);
            shard.<CommittedOffset>ask(outcome -> StateCommands.commitOffset(offset, outcome));
        }
        shard.advance(1_000);
        long after = shard.shard().figures().committedPosition();
        assertThat(after - before).isBetween(1L, 500L);
    }

    @Test
    void anOffsetOfAQueueThatIsNotThereIsRefused() {
        shard.topic("orders", 1);
        CommittedOffset offset = new CommittedOffset("billing", "orders", 3, 7);
        ShardFixture.Answer<CommittedOffset> answer =
                shard.tell(outcome -> StateCommands.commitOffset(offset, outcome));
        assertThat(answer.refusal).isEqualTo(Refusal.ILLEGAL);
        assertThat(answer.detail).contains("queueId: 3").contains("0..0");
    }

    @Test
    void aResetWinsOverACommitThatIsNotARecordYet() {
        shard.topic("orders", 1);
        CommittedOffset late = new CommittedOffset("billing", "orders", 0, 90);
        shard.<CommittedOffset>ask(outcome -> StateCommands.commitOffset(late, outcome));
        CommittedOffset reset = new CommittedOffset("billing", "orders", 0, 10);
        shard.<List<CommittedOffset>>ask(outcome -> StateCommands.resetOffsets(List.of(reset), outcome));
        shard.advance(2_000);
        assertThat(progress("billing", "orders")).isEqualTo(10);
    }

    @Test
    void groupsAreKeptOverARestart() {
        GroupConfig config = new GroupConfig("billing", true, true, false, 1, 3, true, Map.of(), RetryPolicy.CLASSIC);
        shard.<GroupConfig>ask(outcome -> StateCommands.putGroup(config, outcome));
        shard.restart();
        assertThat(shard.shard().catalog().group("billing")).isEqualTo(config);
    }

    @Test
    void aDelayedMessageComesWhenItIsDueAndNotBefore() {
        shard.topic("orders", 1);
        sendDelayed("later", "orders", 2);
        shard.advance(DelayLevels.delayMs(2) - 1);
        assertThat(shard.read("orders")).isEmpty();

        shard.advance(1);
        assertThat(shard.read("orders")).containsExactly("later");
    }

    @Test
    void eachLevelWaitsAsLongAsItsTableSays() {
        shard.topic("orders", 1);
        List<String> delivered = new java.util.ArrayList<>();
        for (int level = 1; level <= DelayLevels.LEVEL_MAX; level++) {
            sendDelayed("level " + level, "orders", level);
        }
        long passedMs = 0;
        for (int level = 1; level <= DelayLevels.LEVEL_MAX; level++) {
            shard.advance(DelayLevels.delayMs(level) - 1 - passedMs);
            assertThat(shard.read("orders")).as("before level " + level).isEqualTo(delivered);
            shard.advance(1);
            delivered.add("level " + level);
            assertThat(shard.read("orders")).isEqualTo(delivered);
            passedMs = DelayLevels.delayMs(level);
        }
    }

    @Test
    void aDelayedMessageSurvivesARestartAndComesOnce() {
        shard.topic("orders", 1);
        sendDelayed("one", "orders", 1);
        shard.advance(1_000);
        assertThat(shard.read("orders")).containsExactly("one");
        sendDelayed("two", "orders", 1);

        shard.restart();
        shard.work();
        assertThat(shard.read("orders")).containsExactly("one");
        shard.advance(1_000);
        assertThat(shard.read("orders")).containsExactly("one", "two");
    }

    @Test
    void manyDelayedMessagesComeInTheirOrder() {
        shard.topic("orders", 1);
        List<String> expected = new java.util.ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sendDelayed("m" + i, "orders", 3);
            expected.add("m" + i);
        }
        shard.advance(DelayLevels.delayMs(3));
        shard.advance(100);
        assertThat(shard.read("orders")).isEqualTo(expected);
    }

    @Test
    void aDelayedMessageWhoseTopicIsGoneIsDroppedAndSaid() {
        shard.topic("orders", 1);
        sendDelayed("later", "orders", 1);
        shard.<Boolean>ask(outcome -> StateCommands.deleteTopic("orders", outcome));
        shard.advance(1_000);
        assertThat(shard.events).containsExactly("dropped orders/0");
    }

    @Test
    void aBusyClockThatGoesBackDoesNotMoveTheShardsTimeBack() {
        shard.topic("orders", 1);
        ShardFixture.Sent first = shard.send("orders", "a");
        shard.clock.step(-60_000);
        ShardFixture.Sent second = shard.send("orders", "b");
        assertThat(second.storeTimeMs()).isEqualTo(first.storeTimeMs());
    }

    @Test
    void aClockThatIsFarBehindIsSaidOnceAnHourAndThatItIsOver() {
        shard.clock.step(-5_000);
        shard.advance(1_000);
        assertThat(shard.events).isEmpty();
        shard.clock.step(-2 * TimeWatch.AGAIN_MS);
        shard.advance(1_000);
        shard.advance(1_000);
        assertThat(shard.events).hasSize(1).first().asString().startsWith("time is ahead by 72");
        shard.clock.step(TimeWatch.AGAIN_MS / 2);
        shard.advance(TimeWatch.AGAIN_MS * 8 / 7);
        assertThat(shard.events).hasSize(2);
        shard.clock.step(TimeWatch.AGAIN_MS * 2);
        shard.advance(1_000);
        assertThat(shard.events).hasSize(3).last().isEqualTo("time is ahead by 0");
    }

    @Test
    void aShardThatWasWrittenByAClockFarAheadGoesOn() {
        shard.topic("orders", 1);
        long year = 365 * 24 * 3_600_000L;
        shard.clock.step(year);
        ShardFixture.Sent ahead = shard.send("orders", "a");
        shard.clock.step(-year);
        shard.restart();

        assertThat(shard.shard().timeAheadMs()).isEqualTo(year);
        sendDelayed("later", "orders", 1);
        shard.advance(DelayLevels.delayMs(1));
        assertThat(shard.read("orders")).as("not early").containsExactly("a");
        shard.advance(DelayLevels.delayMs(1) / 7 + 1);
        assertThat(shard.read("orders")).containsExactly("a", "later");
        assertThat(shard.send("orders", "b").storeTimeMs()).isGreaterThan(ahead.storeTimeMs());
    }

    private void sendDelayed(String body, String topic, int level) {
        Map<String, String> properties = new HashMap<>();
        DelayRule.delay(properties, topic, 0, level);
        shard.send(Names.SCHEDULE_TOPIC, DelayLevels.queueId(level), body, properties);
        shard.work();
    }

    private long progress(String group, String topic) {
        return shard.<Long>ask(outcome -> StateCommands.readProgress(p -> p.get(group, topic, 0), outcome));
    }
}
