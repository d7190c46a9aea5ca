package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.delivery.ReadableQueues;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadableQueuesTest {
    private static final LogSettings SHORT_LIVED = LogSettings.defaults()
            .withSizes(16_384, 4_096, 4_096)
            .withSpace(new LogSettings.Retain(3_600_000, 65_536), 0)
            .withCheckpoint(new LogSettings.CheckpointEvery(8_192, 3_600_000));

    private final FaultyDisk disk = new FaultyDisk(1);
    private final ShardFixture shard = new ShardFixture(disk::root, SHORT_LIVED);

    @AfterEach
    void close() {
        shard.close();
    }

    @Test
    void aTopicIsReadAsItIsSet() {
        shard.topic("orders", 4);
        assertThat(readable()).isEqualTo(4);
        shard.topic("orders", 2);
        assertThat(readable()).isEqualTo(2);
    }

    @Test
    void aQueueThatWasTakenAwayIsReadUntilItsMessagesAreGone() {
        shard.topic("orders", 4);
        shard.send("orders", 2, "late", Map.of());
        shard.topic("orders", 1);
        assertThat(readable()).isEqualTo(3);
        assertThat(shard.read("orders", 2)).containsExactly("late");

        shard.topic("filler", 1);
        for (int i = 0; i < 200 && readable() > 1; i++) {
            shard.send("filler", "x".repeat(3_000));
            shard.maintain();
            shard.advance(1_000);
        }
        assertThat(readable()).isEqualTo(1);
    }

    private int readable() {
        return new ReadableQueues(shard.shard().queues())
                .count(shard.shard().catalog().topic("orders"));
    }
}
