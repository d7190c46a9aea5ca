package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.log.LogSettings;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.storage.DiskDirectory;
import io.ternmq.protocol.message.KeyHash;
import io.ternmq.protocol.message.MessageRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.collections.LongArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
    private static final String TOPIC = "prices";
    private static final String DELETED = "";
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
        shard.topic(TOPIC, 1, "COMPACTION");
        shard.topic("filler", 1);
    }

    @AfterEach
    void closeShard() {
        shard.close();
    }

    private ShardFixture.Sent put(String key, String value) {
        ShardFixture.Sent sent = shard.send(TOPIC, 0, value, Map.of("KEYS", key));
        shard.work();
        return sent;
    }

    /** Sends until retention has taken everything there is now. */
    private void outlive() {
        long position = shard.shard().figures().committedPosition();
        for (int i = 0; shard.shard().figures().startPosition() <= position; i++) {
            assertThat(i).as("rounds of filling").isLessThan(300);
            fill();
        }
        shard.advance(1_000);
    }

    private void fill() {
        for (int sent = 0; sent < 16; sent++) {
            shard.send("filler", "x".repeat(2_000));
        }
        shard.advance(5_000);
        for (int step = 0; step < 4; step++) {
            shard.maintain();
            shard.advance(10);
        }
    }

    /** @return offset, key and value of each message */
    private List<String> messages() {
        return shard.read(
                TOPIC,
                0,
                record -> record.queueOffset() + " " + record.property("KEYS") + "="
                        + new String(record.body(), StandardCharsets.UTF_8));
    }

    @Test
    void theNewestMessageOfEachKeyOutlivesRetentionAtItsOffset() {
        put("tea", "1");
        put("tea cup", "2");
        put("tea", "3");
        put("cup", "4");
        put("tea", "5");
        outlive();
        assertThat(messages()).containsExactly("1 tea cup=2", "3 cup=4", "4 tea=5");
        put("cup", "6");
        outlive();
        outlive();
        assertThat(messages()).containsExactly("1 tea cup=2", "4 tea=5", "5 cup=6");
        shard.restart();
        assertThat(messages()).containsExactly("1 tea cup=2", "4 tea=5", "5 cup=6");
        assertThat(shard.shard().queues().minOffset(queueNo())).isEqualTo(1);
        assertThat(shard.shard().queues().maxOffset(queueNo())).isEqualTo(6);
    }

    @Test
    void aGroupThatTakesInOrderPassesOverWhatIsGone() {
        put("tea", "1");
        for (int i = 0; i < 5_000; i++) { // more than a block of the index
            shard.send(TOPIC, 0, "old" + i, Map.of("KEYS", "cup"));
        }
        put("cup", "2");
        outlive();
        put("pot", "3");
        Consuming group = Consuming.of(shard, GroupConfig.of("billing"), TOPIC);
        group.ordered = true;
        List<String> taken = new ArrayList<>();
        for (List<Consuming.Held> some = group.take(8); !some.isEmpty(); some = group.take(8)) {
            taken.addAll(Consuming.bodies(some));
            group.acknowledge(some);
        }
        assertThat(taken).containsExactly("1", "2", "3");
    }

    private int queueNo() {
        return shard.shard().catalog().topic(TOPIC).queueNo(0);
    }

    @Test
    void queuesAreCompactedEachForItself() {
        shard.topic(TOPIC, 2, "compact");
        put("tea", "1");
        shard.send(TOPIC, 1, "2", Map.of("KEYS", "tea"));
        shard.work();
        outlive();
        assertThat(messages()).containsExactly("0 tea=1");
        assertThat(shard.read(TOPIC, 1)).containsExactly("2");
    }

    @Test
    void aMessageWithoutABodyDeletesItsKey() {
        put("tea", "1");
        put("cup", "2");
        outlive();
        put("tea", DELETED);
        outlive();
        outlive();
        outlive();
        assertThat(messages()).containsExactly("1 cup=2");
        shard.restart();
        assertThat(messages()).containsExactly("1 cup=2");
    }

    @Test
    void aMovedMessageIsFoundByItsKeyAndNotByItsOldPosition() throws IOException {
        ShardFixture.Sent sent = put("tea", "1");
        outlive();
        LongArrayList positions = new LongArrayList();
        shard.shard().keys().find(KeyHash.of(TOPIC, "tea"), 0, Long.MAX_VALUE, 10, positions);
        assertThat(positions).hasSize(1).doesNotContain(sent.message(0).position());
        List<String> bodies = new ArrayList<>();
        try (ReadScratch scratch = new ReadScratch()) {
            assertThat(shard.shard()
                            .reader()
                            .readAt(
                                    positions.getLong(0),
                                    (buffer, index, length, offset) -> {
                                        bodies.add(new String(
                                                new MessageRecord()
                                                        .wrap(buffer, index, length)
                                                        .body(),
                                                StandardCharsets.UTF_8));
                                        return true;
                                    },
                                    scratch))
                    .isTrue();
            assertThat(shard.shard().reader().readAt(sent.message(0).position(), (b, i, l, o) -> true, scratch))
                    .isFalse();
        }
        assertThat(bodies).containsExactly("1");
    }

    @Test
    void aMessageWithoutAKeyIsRefused() {
        assertThat(shard.send(TOPIC, "value").refusal).isEqualTo(Refusal.KEY_MISSING);
        assertThat(put(" ", "value").refusal).isEqualTo(Refusal.KEY_MISSING);
        assertThat(messages()).isEmpty();
    }

    @Test
    void anUnknownPolicyIsRefusedByNameValueAndExpectation() {
        TopicConfig config = new TopicConfig("other", 1, 1, 6, false, Map.of("cleanup.policy", "SHRED"));
        ShardFixture.Answer<Topic> answer = shard.tell(outcome -> StateCommands.putTopic(config, outcome));
        assertThat(answer.refusal).isEqualTo(Refusal.ILLEGAL);
        assertThat(answer.detail).contains("cleanup.policy", "SHRED", "DELETE or COMPACTION");
    }

    @Test
    void aTopicMayBecomeCompactedAndCeaseToBe() {
        shard.topic(TOPIC, 1, "DELETE");
        put("tea", "1");
        put("tea", "2");
        shard.send(TOPIC, "no key");
        shard.topic(TOPIC, 1, "COMPACTION");
        outlive();
        outlive();
        outlive();
        assertThat(messages()).containsExactly("1 tea=2");
        shard.topic(TOPIC, 1, "DELETE");
        outlive();
        assertThat(messages()).isEmpty();
        assertThat(shard.shard().queues().maxOffset(queueNo())).isEqualTo(3);
    }

    @Test
    void whatWasDeletedBeforeTheTopicWasCompactedStaysDeleted() {
        shard.topic(TOPIC, 1, "DELETE");
        put("tea", "1");
        put("tea", DELETED);
        put("cup", "2");
        shard.topic(TOPIC, 1, "COMPACTION");
        outlive();
        outlive();
        outlive();
        assertThat(messages()).containsExactly("2 cup=2");
    }

    @Test
    void aTopicOfTheSameNameBeginsAnewAfterADeletion() {
        put("tea", "1");
        put("tea", "2");
        outlive();
        assertThat(shard.<Boolean>ask(outcome -> StateCommands.deleteTopic(TOPIC, outcome)))
                .isTrue();
        shard.topic(TOPIC, 1, "COMPACTION");
        put("tea", "3");
        outlive();
        outlive();
        assertThat(messages()).containsExactly("0 tea=3");
    }

    @Test
    void aLogOfNothingButLiveMessagesIsNotCopiedToAndFro() {
        for (int i = 0; i < 400; i++) {
            put("key" + i, "v".repeat(1_000));
        }
        for (int i = 0; i < 100; i++) {
            shard.maintain();
            shard.advance(1_000);
        }
        long end = shard.shard().figures().committedPosition();
        for (int i = 0; i < 100; i++) {
            shard.maintain();
            shard.advance(1_000);
        }
        assertThat(shard.shard().figures().committedPosition()).isEqualTo(end);
        assertThat(messages()).hasSize(400);
    }
}
