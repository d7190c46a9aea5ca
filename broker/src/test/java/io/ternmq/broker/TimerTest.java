package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimerTest {
    private static final long START_MS = 1_700_000_000_000L;
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    private final FaultyDisk disk = new FaultyDisk(1);
    private ShardFixture shard =
            new ShardFixture(disk::root, LogSettings.defaults().withSizes(262_144, 16_384, 4_096));

    TimerTest() {
        shard.topic("orders", 2);
    }

    @AfterEach
    void close() {
        shard.close();
    }

    private void send(String body, long inMs) {
        ShardFixture.Sent sent = shard.sendTimed("orders", 0, body, START_MS + inMs);
        shard.work();
        assertThat(sent.stored).isTrue();
    }

    private void goTo(long ms) {
        shard.clock.update(START_MS + ms);
        shard.work();
    }

    /** No time passes by that. */
    private void setClockTo(long ms) {
        shard.clock.step(START_MS + ms - shard.clock.time());
        shard.work();
    }

    private List<String> delivered() {
        return shard.read("orders");
    }

    @Test
    void timersComeInTheOrderOfTheirMillisecondsAndNeverEarly() {
        send("c", 2_500);
        send("a", 1_200);
        send("b", 1_201);
        send("a2", 1_200);

        goTo(1_199);
        assertThat(delivered()).isEmpty();
        goTo(1_200);
        assertThat(delivered()).containsExactly("a", "a2");
        goTo(2_499);
        assertThat(delivered()).containsExactly("a", "a2", "b");
        goTo(2_500);
        assertThat(delivered()).containsExactly("a", "a2", "b", "c");
        assertThat(shard.pendingTimers()).isEmpty();
    }

    @Test
    void aTimerSentForTheSecondThatIsRunningComesInItsPlace() {
        send("late", 900);
        goTo(500);
        send("early", 700);
        goTo(699);
        assertThat(delivered()).isEmpty();
        goTo(900);
        assertThat(delivered()).containsExactly("early", "late");
    }

    @Test
    void goesToTheQueueItWasSentTo() {
        shard.sendTimed("orders", 1, "m", START_MS + 10);
        goTo(10);
        assertThat(shard.read("orders", 1)).containsExactly("m");
        assertThat(delivered()).isEmpty();
    }

    @Test
    void longTimersSpillOnTheirWayAndComeAtTheirMillisecond() {
        long[] delays = {
            1,
            999,
            1_000,
            1_024_000,
            2_048_001,
            3_600_000,
            5 * DAY_MS,
            12 * DAY_MS,
            13 * DAY_MS,
            400 * DAY_MS,
            3_652 * DAY_MS
        };
        for (long delay : delays) {
            send("m" + delay, delay);
        }
        List<String> expected = new ArrayList<>();
        for (long delay : delays) {
            goTo(delay - 1);
            assertThat(delivered()).containsExactlyElementsOf(expected);
            expected.add("m" + delay);
            goTo(delay);
            assertThat(delivered()).containsExactlyElementsOf(expected);
        }
        assertThat(shard.pendingTimers()).isEmpty();
    }

    @Test
    void manyTimersOfOneSecondComeInOrder() {
        Random random = new Random(5);
        int count = 70_000; // more than are put in order at a time
        for (int i = 0; i < count; i++) {
            int ms = 1_000 + random.nextInt(1_000);
            shard.sendTimed("orders", 0, Integer.toString(ms), START_MS + ms);
            if (i % 1_000 == 0) {
                shard.work();
            }
        }
        goTo(2_000);
        assertThat(delivered()).hasSize(count).isSorted();
        assertThat(shard.pendingTimers()).isEmpty();
    }

    @Test
    void waitingTimersOutliveRestartsAndNothingComesTwice() {
        for (int i = 0; i < 300; i++) {
            send("m" + i, 1_000 + 10 * i);
        }
        send("far", 2 * DAY_MS);
        for (long ms = 1_500; ms < 4_500; ms += 700) {
            goTo(ms);
            shard.restart();
            shard.work();
        }
        goTo(5_000);
        assertThat(delivered()).hasSize(300).doesNotHaveDuplicates();
        disk.crash();
        shard.reopenAfterCrash();
        goTo(3 * DAY_MS);
        assertThat(delivered()).hasSize(301).endsWith("far").doesNotHaveDuplicates();
    }

    @Test
    void aRestartAfterALongTimeDeliversWhatCameDueMeanwhile() {
        send("a", 1_000);
        send("b", 5 * DAY_MS);
        shard.stop();
        shard.clock.update(START_MS + 6 * DAY_MS);
        shard.reopenAfterCrash();
        shard.work();
        assertThat(delivered()).containsExactly("a", "b");
    }

    @Test
    void aRecalledTimerNeverComesWhereverItWaits() {
        long[] delays = {500, 90_000, 5_000_000, 20 * DAY_MS};
        for (long delay : delays) {
            send("gone" + delay, delay);
            send("kept" + delay, delay);
        }
        assertThat(shard.pendingTimers()).isEqualTo(Map.of("orders", 8L));
        for (long delay : delays) {
            assertThat(shard.recall("orders", "gone" + delay, START_MS + delay)).isEqualTo(1);
            assertThat(shard.recall("orders", "gone" + delay, START_MS + delay))
                    .as("again")
                    .isEqualTo(1);
        }
        assertThat(shard.pendingTimers()).isEqualTo(Map.of("orders", 4L));
        shard.restart();
        goTo(21 * DAY_MS);
        assertThat(delivered()).containsExactly("kept500", "kept90000", "kept5000000", "kept" + 20 * DAY_MS);
    }

    @Test
    void recallNamesATimerByTopicKeyAndTimeAndSaysWhenNoneWaits() {
        send("m", 1_500);
        send("m", 1_500);
        assertThat(shard.recall("orders", "m", START_MS + 1_499)).isZero();
        assertThat(shard.recall("orders", "n", START_MS + 1_500)).isZero();
        assertThat(shard.recall("others", "m", START_MS + 1_500)).isZero();
        assertThat(shard.recall("orders", "m", START_MS + 1_500)).as("both").isEqualTo(2);

        send("fired", 2_000);
        goTo(2_000);
        assertThat(shard.recall("orders", "fired", START_MS + 2_000)).isZero();
        assertThat(delivered()).containsExactly("fired");
    }

    @Test
    void aRecallLooksThroughManyTimersInStepsAndLetsOthersBetween() {
        long delayMs = 20 * DAY_MS;
        for (int i = 0; i < 40_000; i++) {
            shard.sendTimed("orders", 0, "m" + i, START_MS + delayMs + i);
            if (i % 1_000 == 0) {
                shard.work();
            }
        }
        shard.work();
        String last = "m39999";
        ShardFixture.Answer<Integer> recalled = new ShardFixture.Answer<>();
        ShardFixture.Answer<Map<String, Long>> other = new ShardFixture.Answer<>();
        assertThat(shard.shard().submit(shard.recallCommand("orders", last, START_MS + delayMs + 39_999, recalled)))
                .isTrue();
        assertThat(shard.shard().submit(StateCommands.countTimers(other))).isTrue();
        assertThat(shard.shard().doWork()).isPositive();
        assertThat(other.result).as("answered meanwhile").isEqualTo(Map.of("orders", 40_000L));
        assertThat(recalled.result).isNull();
        shard.work();
        assertThat(recalled.result).isEqualTo(1);
        assertThat(shard.pendingTimers()).isEqualTo(Map.of("orders", 39_999L));
    }

    @Test
    void retentionThatIsHeldByWaitingTimersIsSaidOnce() {
        shard.close();
        long hourMs = TimeUnit.HOURS.toMillis(1);
        LogSettings settings = LogSettings.defaults()
                .withSizes(16_384, 4_096, 4_096)
                .withSpace(new LogSettings.Retain(hourMs, Long.MAX_VALUE), 0)
                .withCheckpoint(new LogSettings.CheckpointEvery(8_192, hourMs));
        shard = new ShardFixture(disk::root, settings);
        for (int i = 0; i < 400; i++) {
            send("m" + i + "x".repeat(4_000), 30 * DAY_MS);
        }
        for (int quarters = 1; quarters < 120; quarters++) {
            shard.send("orders", 1, "x".repeat(3_000), Map.of());
            goTo(quarters * hourMs / 4);
            shard.maintain();
            shard.advance(20);
        }
        assertThat(shard.events).containsExactly("retention held");
    }

    @Test
    void whatWaitsOutlivesTheLogsRetentionAndComesOnce() {
        shard.close();
        long hourMs = TimeUnit.HOURS.toMillis(1);
        LogSettings settings = LogSettings.defaults()
                .withSizes(16_384, 4_096, 4_096)
                .withSpace(new LogSettings.Retain(hourMs, Long.MAX_VALUE), 0)
                .withCheckpoint(new LogSettings.CheckpointEvery(8_192, hourMs));
        shard = new ShardFixture(disk::root, settings);
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            long delayMs = (long) i * i * 7 * hourMs / 60;
            send("m" + i, delayMs);
            expected.add("m" + i);
        }
        send("far", 300 * DAY_MS);
        assertThat(shard.recall("orders", "m39", START_MS + 39L * 39 * 7 * hourMs / 60))
                .isEqualTo(1);
        expected.remove("m39");
        List<String> found = new ArrayList<>();
        long startPosition = shard.shard().figures().startPosition();
        for (long ms = 0; ms < 200 * hourMs; ms += hourMs / 4) {
            shard.send("orders", 1, "x".repeat(3_000), Map.of());
            goTo(ms);
            shard.maintain();
            shard.advance(20);
            delivered().stream().filter(body -> !found.contains(body)).forEach(found::add);
            if (ms % (50 * hourMs) == 0) {
                shard.restart();
            }
        }
        assertThat(shard.shard().figures().startPosition()).as("trimmed").isGreaterThan(startPosition + 1_000_000);
        assertThat(found).containsExactlyElementsOf(expected);
        assertThat(shard.pendingTimers()).isEqualTo(Map.of("orders", 1L));
        assertThat(shard.shard()
                        .queues()
                        .maxOffset(shard.shard().catalog().topic("orders").queueNo(0)))
                .as("each once")
                .isEqualTo(expected.size());
        goTo(300 * DAY_MS);
        assertThat(delivered()).endsWith("far");
    }

    @Test
    void aClockThatGoesBackLosesAndRepeatsNothing() {
        send("a", 1_000);
        send("b", 10_000);
        goTo(2_000);
        setClockTo(-50_000);
        assertThat(delivered()).containsExactly("a");
        send("past", 1_500);
        assertThat(delivered())
                .as("due by the shard's time, which does not go back")
                .containsExactly("a", "past");
        shard.restart();
        setClockTo(9_999);
        assertThat(delivered()).containsExactly("a", "past");
        setClockTo(10_000);
        assertThat(delivered()).containsExactly("a", "past", "b");
    }

    @Test
    void whatWaitsComesThoughTheClockWasSetBack() {
        send("a", 8_000);
        setClockTo(-3_600_000);

        shard.advance(8_000);
        assertThat(delivered()).as("by a time that loses an eighth").isEmpty();
        shard.advance(8_000 / 7 + 1);
        assertThat(delivered()).containsExactly("a");
    }

    @Test
    void aTimerOfADeletedTopicIsDroppedAndCounted() {
        send("m", 1_000);
        boolean unused = shard.<Boolean>ask(outcome -> StateCommands.deleteTopic("orders", outcome));
        goTo(1_000);
        assertThat(shard.events).containsExactly("dropped orders/0");
        assertThat(shard.pendingTimers()).isEmpty();
        shard.<io.ternmq.broker.catalog.Topic>ask(
                outcome -> StateCommands.putTopic(TopicConfig.of("orders", 1), outcome));
    }
}
