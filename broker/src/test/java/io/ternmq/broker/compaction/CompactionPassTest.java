package io.ternmq.broker.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.CleanupPolicy;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.CompactionKey;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.record.TopicPut;
import io.ternmq.broker.state.ShardState;
import io.ternmq.broker.state.StateEffects;
import io.ternmq.log.CommitLog;
import io.ternmq.log.LogListener;
import io.ternmq.log.LogSettings;
import io.ternmq.log.LogState;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.log.index.IndexEntries;
import io.ternmq.log.storage.FaultyDisk;
import io.ternmq.log.storage.SliceInput;
import io.ternmq.log.storage.SliceOutput;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.MessageFields;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.MessageRecordEncoder;
import io.ternmq.protocol.message.PropertyNames;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.CachedEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one pass does to a log, with a list of survivors that is far too short. */
class CompactionPassTest {
    private static final int COMPACTED = 0;
    private static final int OTHER = 1;
    private static final int LIST_BYTES = 100;
    private static final HostAddress HOST =
            HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));

    private static final String SEGMENT = "log/00000000000000000000.log";

    private final List<String> damaged = new ArrayList<>();
    private final FaultyDisk disk = new FaultyDisk(1);
    private final ShardState state = new ShardState(new StateEffects() {
        @Override
        public void dropQueues(int[] queueNos, long position) {}

        @Override
        public void trim(long position) {}
    });
    private final CachedEpochClock clock = new CachedEpochClock();
    private final MessageRecordEncoder encoder = new MessageRecordEncoder();
    private CommitLog log;
    private Compaction compaction;
    private int commandCount;

    @BeforeEach
    void open() throws IOException {
        LogSettings settings = LogSettings.defaults().withoutBackgroundThread(1).withKeyRunEntries(255);
        LogListener listener = new LogListener() {
            @Override
            public void damaged(long position, long bytes, String reason) {
                damaged.add(position + ": " + reason);
            }
        };
        log = CommitLog.open(disk.root(), settings, new NoState(), clock, listener);
        compaction = new Compaction(log, state, LIST_BYTES);
        Map<String, String> attributes = Map.of(CleanupPolicy.ATTRIBUTE, "COMPACTION");
        state.apply(new TopicPut(new TopicConfig("prices", 1, 1, 6, false, attributes), new int[] {COMPACTED}), 0);
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    @Test
    void takesSeveralSurveysWhenTheListIsTooShort() {
        for (int round = 0; round < 2; round++) {
            for (int key = 0; key < 300; key++) {
                append(COMPACTED, "key" + key, 10);
                append(OTHER, "key" + key, 500);
            }
        }
        long before = log.endPosition();
        append(COMPACTED, "key7", 10);

        pass(before);

        List<Long> offsets = offsetsBehind(before);
        assertThat(offsets).hasSize(300).doesNotContain(7L, 307L).contains(306L, 308L, 599L, 600L);
        assertThat(commandCount).isGreaterThan(3);
    }

    @Test
    void saysNoWhileMostOfWhatWouldBeFreedIsLive() {
        for (int key = 0; key < 100; key++) {
            append(COMPACTED, "key" + key, 500);
        }
        long before = log.endPosition();
        assertThat(compaction.surveyed(0, before)).isZero();
        survey();
        assertThat(compaction.surveyed(0, before)).isZero();
        for (int i = 0; i < 100; i++) {
            append(OTHER, "key", 500);
        }
        long later = log.endPosition();
        assertThat(compaction.surveyed(0, later)).isZero();
        survey();
        assertThat(compaction.surveyed(0, later)).isEqualTo(later);
    }

    @Test
    void asksAgainWhenAnotherTopicIsCompactedMeanwhile() {
        append(COMPACTED, "key", 10);
        append(OTHER, "key", 500);
        long before = log.endPosition();
        assertThat(compaction.surveyed(0, before)).isZero();
        survey();
        Map<String, String> attributes = Map.of(CleanupPolicy.ATTRIBUTE, "COMPACTION");
        state.apply(new TopicPut(new TopicConfig("other", 1, 1, 6, false, attributes), new int[] {OTHER}), 1);
        assertThat(compaction.surveyed(0, before)).isZero();
    }

    @Test
    void whatTheDiskDoesNotGiveIsKeptWithTheDeletionsBehindItAndReported() {
        long unread = append(COMPACTED, "tea", 10);
        append(COMPACTED, "tea", 0);
        append(COMPACTED, "cup", 10);
        append(COMPACTED, "cup", 0);
        append(OTHER, "key", 5_000);
        long before = log.endPosition();
        disk.failReads(SEGMENT, unread, unread + 1);
        assertThat(compaction.surveyed(0, before)).isZero();
        survey();
        disk.failReads(SEGMENT, 0, 0);

        carry(before);

        assertThat(offsetsBehind(before)).containsExactly(0L, 1L, 3L);
        assertThat(damaged).singleElement().asString().contains(unread + ": cannot be read");
    }

    @Test
    void aDeletionIsKeptWhileTheDiskDoesNotGiveWhatItMayHide() {
        append(COMPACTED, "tea", 10);
        append(COMPACTED, "tea", 0);
        append(OTHER, "key", 5_000);
        long first = log.endPosition();
        log.beginBatch(clock.time());
        log.beginCommand();
        ReadScratch scratch = new ReadScratch();
        assertThat(log.reader()
                        .read(
                                COMPACTED,
                                0,
                                new ReadLimits(1, 1, 1),
                                TagFilter.ALL,
                                (buffer, index, length, offset) ->
                                        log.appendMoved(buffer, index, length, COMPACTED, 0, new long[] {
                                                    CompactionKey.hash(COMPACTED, "tea")
                                                })
                                                > 0,
                                scratch)
                        .count())
                .isEqualTo(1);
        log.endCommand();
        commit();
        log.workOnCheckpoint(clock.time());
        assertThat(log.movesSettled()).isTrue();
        disk.failReads(SEGMENT, first, log.endPosition());
        assertThat(compaction.surveyed(0, first)).isZero();
        survey();
        disk.failReads(SEGMENT, 0, 0);

        long end = log.endPosition();
        carry(first);

        assertThat(offsetsBehind(end)).containsExactly(1L);
    }

    @Test
    void aMoveIsTriedAgainUntilTheDiskGivesTheMessage() {
        long position = append(COMPACTED, "tea", 10);
        append(OTHER, "key", 5_000);
        long before = log.endPosition();
        assertThat(compaction.surveyed(0, before)).isZero();
        survey();
        disk.failReads(SEGMENT, position, position + 1);
        for (int second = 0; second < 30; second++) {
            assertThat(compaction.carry(before, this::execute)).isFalse();
            clock.advance(1_000);
        }
        disk.failReads(SEGMENT, 0, 0);

        carry(before);

        assertThat(offsetsBehind(before)).containsExactly(0L);
        assertThat(damaged).hasSize(1);
    }

    @Test
    void whatTheDiskWillNotGiveHoldsUpRetentionForAMinuteAtMost() {
        long position = append(COMPACTED, "tea", 10);
        append(COMPACTED, "cup", 10);
        append(OTHER, "key", 5_000);
        long before = log.endPosition();
        assertThat(compaction.surveyed(0, before)).isZero();
        survey();
        disk.failReads(SEGMENT, position, position + 1);
        for (int second = 0; second < 61; second++) {
            assertThat(compaction.carry(before, this::execute)).isFalse();
            clock.advance(1_000);
        }

        carry(before);

        assertThat(offsetsBehind(before)).containsExactly(1L);
    }

    @Test
    void aMessageThatDoesNotPassItsChecksIsReportedAndNotMoved() {
        long position = append(COMPACTED, "tea", 10);
        int recordBytes = sizeOf(0);
        append(COMPACTED, "cup", 10);
        append(OTHER, "key", 5_000);
        long before = log.endPosition();
        assertThat(compaction.surveyed(0, before)).isZero();
        survey();
        disk.flipBit(
                SEGMENT,
                position + recordBytes - 1,
                0); // the last letter of its key, of which its body's checksum knows nothing

        carry(before);

        assertThat(offsetsBehind(before)).containsExactly(1L);
        assertThat(damaged).singleElement().asString().startsWith(position + ":");
    }

    private void survey() {
        while (compaction.survey()) {
            clock.advance(1);
        }
    }

    private void pass(long before) {
        assertThat(compaction.surveyed(0, before)).isZero();
        survey();
        carry(before);
    }

    private void carry(long before) {
        assertThat(compaction.surveyed(0, before)).isEqualTo(before);
        for (int steps = 0; !compaction.carry(before, this::execute); steps++) {
            assertThat(steps).as("steps").isLessThan(1_000);
            log.workOnCheckpoint(clock.time());
            survey();
        }
        assertThat(log.movesSettled()).isTrue();
    }

    private void execute(Command command) {
        commandCount++;
        log.beginBatch(clock.time());
        log.beginCommand();
        command.decide(moves());
        log.endCommand();
        commit();
    }

    private void commit() {
        long end = log.write();
        log.force();
        log.publish(end);
    }

    private long append(int queueNo, String key, int bodyBytes) {
        UnsafeBuffer body = new UnsafeBuffer(new byte[bodyBytes]);
        MessageFields fields = new MessageFields()
                .clear()
                .topic("prices".getBytes(StandardCharsets.UTF_8))
                .bornHost(HOST)
                .storeHost(HOST)
                .body(body, 0, bodyBytes)
                .properties(MessageProperties.format(Map.of(PropertyNames.KEYS, key)));
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[encoder.encodedLength(fields)]);
        encoder.encode(fields, buffer, 0);
        long[] keys = new EncodedMessage(buffer, 0, buffer.capacity(), 0).keyHashesIn(queueNo);
        log.beginBatch(clock.time());
        log.beginCommand();
        long position = log.appendMessage(buffer, 0, buffer.capacity(), queueNo, 0, keys, keys.length);
        log.endCommand();
        commit();
        return position;
    }

    private int sizeOf(long offset) {
        IndexEntries entries = new IndexEntries(1);
        assertThat(log.queues().copy(COMPACTED, offset, 1, entries)).isEqualTo(1);
        return entries.size(0);
    }

    private List<Long> offsetsBehind(long position) {
        IndexEntries entries = new IndexEntries(1_000);
        int count = log.queues().copy(COMPACTED, 0, 1_000, entries);
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (entries.position(i) >= position) {
                offsets.add(entries.offset(i));
            }
        }
        return offsets;
    }

    /** All that a command of a pass may do: look at the state, and move. */
    private Decision moves() {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "state" -> state;
            case "nowMs" -> clock.time();
            case "move" -> {
                EncodedMessage message = (EncodedMessage) arguments[0];
                yield moved(message, (Integer) arguments[1]);
            }
            default -> throw new UnsupportedOperationException(method.getName());
        };
        Class<?>[] types = {Decision.class};
        return (Decision) Proxy.newProxyInstance(Decision.class.getClassLoader(), types, handler);
    }

    private @Nullable Object moved(EncodedMessage message, int queueNo) {
        long unused = log.appendMoved(
                message.buffer(), message.index(), message.length(), queueNo, message.tagHash(), message.keyHashes());
        return null;
    }

    private static final class NoState implements LogState {
        @Override
        public void apply(int kind, DirectBuffer buffer, int index, int length, long position, long timeMs) {}

        @Override
        public int sliceCount() {
            return 0;
        }

        @Override
        public void writeSlice(int slice, SliceOutput out) {}

        @Override
        public void restoreSlice(int slice, SliceInput in, long stamp) {}
    }
}
