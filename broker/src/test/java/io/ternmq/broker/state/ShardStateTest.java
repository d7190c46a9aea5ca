package io.ternmq.broker.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.Catalog;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.SettingKey;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.broker.record.ControlRecord;
import io.ternmq.broker.record.DelayCursorMoved;
import io.ternmq.broker.record.GroupPut;
import io.ternmq.broker.record.HalfCarried;
import io.ternmq.broker.record.HalfCheck;
import io.ternmq.broker.record.HalfChecked;
import io.ternmq.broker.record.HalfDecided;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.broker.record.HalfPrepared;
import io.ternmq.broker.record.OffsetsCommitted;
import io.ternmq.broker.record.RecordInput;
import io.ternmq.broker.record.RecordOutput;
import io.ternmq.broker.record.SettingPut;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ShardStateTest {
    private final StateFixture fixture = new StateFixture();

    @Test
    void aTopicThatGrowsKeepsItsQueuesAndOneThatShrinksLosesNone() {
        fixture.putTopic("orders", 2);
        fixture.putTopic("other", 1);
        fixture.putTopic("orders", 4);
        assertThat(fixture.topic("orders").queueNos()).containsExactly(0, 1, 3, 4);

        fixture.putTopic("orders", 1);
        assertThat(fixture.topic("orders").queueNos()).containsExactly(0, 1, 3, 4);
        assertThat(fixture.topic("orders").config().readQueues()).isEqualTo(1);
    }

    @Test
    void puttingWhatIsSoAlreadyYieldsNoRecord() {
        fixture.putTopic("orders", 2);
        assertThat(fixture.state.topics().decidePut(TopicConfig.of("orders", 2)))
                .isEmpty();
    }

    @Test
    void aDeletedTopicsQueueNumbersAreNeverGivenAgain() {
        fixture.putTopic("orders", 2);
        fixture.commit("billing", "orders", 1, 5);
        fixture.deleteTopic("orders");
        fixture.putTopic("orders", 2);

        assertThat(fixture.topic("orders").queueNos()).containsExactly(2, 3);
        assertThat(fixture.state.topics().isLive(0)).isFalse();
        assertThat(fixture.dropped).containsExactly(0, 1);
        assertThat(fixture.state.progress().get("billing", "orders", 1)).isEqualTo(Progress.NONE);
    }

    @Test
    void theCatalogHearsOfAChangeOnlyWhenItIsPublished() {
        Catalog catalog = new Catalog();
        fixture.putTopic("orders", 2);
        assertThat(catalog.topic("orders")).isNull();

        fixture.state.publish(catalog);
        assertThat(catalog.topic("orders")).isNotNull();

        fixture.deleteTopic("orders");
        fixture.state.publish(catalog);
        assertThat(catalog.topic("orders")).isNull();
    }

    /** Slices are written at different moments; whatever came between must be in the state once, wherever replay begins. */
    @Property(tries = 300)
    void aReplayFromSlicesOfDifferentMomentsComesToTheSameState(@ForAll long seed) {
        Random random = new Random(seed);
        StateFixture live = new StateFixture();
        byte[][] slices = new byte[ShardState.SLICE_COUNT][];
        long[] stamps = new long[ShardState.SLICE_COUNT];
        int nextSlice = 0;
        for (int step = 0; step < 120; step++) {
            live.randomChange(random);
            for (int i = random.nextInt(5); i > 0 && nextSlice < slices.length; i--, nextSlice++) {
                slices[nextSlice] = live.slice(nextSlice);
                stamps[nextSlice] = live.nextPosition();
            }
        }
        for (; nextSlice < slices.length; nextSlice++) {
            slices[nextSlice] = live.slice(nextSlice);
            stamps[nextSlice] = live.nextPosition();
        }

        StateFixture restored = new StateFixture();
        for (int slice = 0; slice < slices.length; slice++) {
            restored.restore(slice, slices[slice], stamps[slice]);
        }
        restored.replay(live.records);

        assertThat(restored.describe()).isEqualTo(live.describe());
    }

    /** A state, the records that made it, and what it told the log. */
    private static final class StateFixture implements StateEffects {
        final ShardState state = new ShardState(this);
        final List<ControlRecord> records = new ArrayList<>();
        final List<Integer> dropped = new ArrayList<>();

        long nextPosition() {
            return records.size() * 100L;
        }

        void apply(ControlRecord record) {
            state.apply(record, nextPosition());
            records.add(record);
        }

        void replay(List<ControlRecord> all) {
            for (int i = 0; i < all.size(); i++) {
                state.apply(all.get(i), i * 100L);
            }
        }

        void putTopic(String name, int queues) {
            state.topics().decidePut(TopicConfig.of(name, queues)).ifPresent(this::apply);
        }

        void deleteTopic(String name) {
            state.topics().decideDelete(name).ifPresent(this::apply);
        }

        void commit(String group, String topic, int queueId, long offset) {
            apply(new OffsetsCommitted(List.of(new CommittedOffset(group, topic, queueId, offset))));
        }

        Topic topic(String name) {
            Topic topic = state.topics().get(name);
            assertThat(topic).isNotNull();
            return topic;
        }

        void randomChange(Random random) {
            String topic = "topic-" + random.nextInt(12);
            String group = "group-" + random.nextInt(6);
            switch (random.nextInt(13)) {
                case 0, 1 -> putTopic(topic, 1 + random.nextInt(5));
                case 2 -> deleteTopic(topic);
                case 3 -> apply(new GroupPut(GroupConfig.of(group)));
                case 4 -> state.groups().decideDelete(group).ifPresent(this::apply);
                case 5 -> commit(group, topic, random.nextInt(5), random.nextInt(1000));
                case 6 ->
                    state.progress()
                            .decideDelete(group, random.nextBoolean() ? "" : topic)
                            .ifPresent(this::apply);
                case 8, 9 -> prepare();
                case 10 -> apply(new HalfDecided(anyHalf(random), HalfDecided.Fate.COMMITTED));
                case 11 ->
                    apply(new HalfChecked(List.of(
                            new HalfCheck(anyHalf(random), 1, random.nextInt(1000)),
                            new HalfCheck(anyHalf(random), 2, random.nextInt(1000)))));
                case 12 -> apply(new HalfCarried(anyHalf(random), nextPosition()));
                case 7 -> apply(new DelayCursorMoved(1 + random.nextInt(18), random.nextInt(1000)));
                default -> apply(new SettingPut(new SettingKey("n", topic), "v" + random.nextInt(9)));
            }
        }

        private void prepare() {
            long id = nextPosition();
            apply(new HalfPrepared(new HalfMessage(id, id / 7, id, "producers", 0, id + 10)));
        }

        /** @return a position at which there may be one */
        private long anyHalf(Random random) {
            return random.nextInt(records.size() + 1) * 100L;
        }

        byte[] slice(int slice) {
            RecordOutput out = new RecordOutput();
            state.writeSlice(slice, out);
            byte[] bytes = new byte[out.length()];
            out.buffer().getBytes(0, bytes);
            return bytes;
        }

        void restore(int slice, byte[] bytes, long stamp) {
            var buffer = new org.agrona.concurrent.UnsafeBuffer(bytes);
            state.restoreSlice(slice, new RecordInput(buffer, 0, bytes.length), stamp);
        }

        String describe() {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Topic topic = state.topics().get("topic-" + i);
                parts.add(topic == null ? "-" : topic.config() + java.util.Arrays.toString(topic.queueNos()));
                parts.add("setting " + state.settings().get(new SettingKey("n", "topic-" + i)));
            }
            for (int g = 0; g < 6; g++) {
                String group = "group-" + g;
                parts.add("group " + state.groups().get(group));
                for (int t = 0; t < 12; t++) {
                    for (int queueId = 0; queueId < 5; queueId++) {
                        parts.add(group + t + queueId + "=" + state.progress().get(group, "topic-" + t, queueId));
                    }
                }
            }
            for (int level = 1; level <= DelayCursors.LEVEL_MAX; level++) {
                parts.add("cursor " + state.delayCursors().next(level));
            }
            for (long id = 0; id < 20_000; id += 100) {
                parts.add("half " + state.halfMessages().get(id));
            }
            parts.add("due " + state.halfMessages().due(Long.MAX_VALUE, 1_000) + " of "
                    + state.halfMessages().count());
            parts.add("next "
                    + state.topics()
                            .decidePut(TopicConfig.of("fresh", 1))
                            .orElseThrow()
                            .queueNos()[0]);
            for (int queueNo = 0; queueNo < 200; queueNo++) {
                parts.add(String.valueOf(state.topics().isLive(queueNo)));
            }
            return String.join("\n", parts);
        }

        @Override
        public void dropQueues(int[] queueNos, long position) {
            for (int queueNo : queueNos) {
                dropped.add(queueNo);
            }
        }

        @Override
        public void trim(long position) {}
    }
}
