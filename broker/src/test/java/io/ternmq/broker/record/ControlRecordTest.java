package io.ternmq.broker.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.catalog.SettingKey;
import io.ternmq.broker.catalog.TopicConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ControlRecordTest {
    private static final List<OpenMessage> OPEN =
            List.of(new OpenMessage(7, 2, 0), new OpenMessage(1L << 40, 1, 1_700_000_000_000L));

    static Stream<ControlRecord> everyKind() {
        TopicConfig topic = new TopicConfig("orders", 8, 4, 6, true, Map.of("message.type", "NORMAL"));
        GroupConfig group =
                new GroupConfig("billing", true, false, true, 2, 5, false, Map.of("a", "b"), RetryPolicy.CLASSIC);
        return Stream.of(
                new TopicPut(topic, new int[] {3, 4, 5, 6, 7, 8, 9, 10}),
                new TopicDeleted("orders", new int[] {3, 4}),
                new GroupPut(group),
                new GroupPut(withPolicy(new RetryPolicy.Exponential(1_000, 60_000, 3))),
                new GroupPut(withPolicy(new RetryPolicy.Custom(List.of(0L, 7_200_000L)))),
                new GroupDeleted("billing"),
                new OffsetsCommitted(List.of(
                        new CommittedOffset("billing", "orders", 3, 1L << 40),
                        new CommittedOffset("groupé", "orders", 0, 0))),
                new OffsetsDeleted("billing", ""),
                new DelayCursorMoved(18, 7),
                new LogTrimmed(1L << 33),
                new SettingPut(new SettingKey("ORDER_TOPIC_CONFIG", "orders"), "shard-0:4"),
                new SettingDeleted(new SettingKey("ORDER_TOPIC_CONFIG", "orders")),
                new HalfPrepared(new HalfMessage(1L << 40, 7, 1L << 41, "producers", 2, 1_700_000_000_000L)),
                new HalfChecked(List.of(new HalfCheck(1L << 40, 3, 1_700_000_000_000L), new HalfCheck(9, 1, 2))),
                new HalfCarried(1L << 40, 1L << 41),
                new HalfDecided(1L << 40, HalfDecided.Fate.GIVEN_UP),
                new TimersAdded("orders", 1),
                new TimersFired(1_700_000_000_999L, 1L << 40, List.of(new TimersFired.TopicCount("orders", 64))),
                new LeasesNoted(new QueueStanding("g", "t", 3, 1L << 40, (1L << 40) + 1_024, 30_000, OPEN)),
                new HandOutMarked(new QueueStanding("g", "t", 3, 7, 1_031, 30_000, OPEN)),
                new LeasesForgotten("g", "t", 3),
                new TimersMoved(4_607, 3, 1L << 40),
                new TimerHandMoved(1_700_000_000L),
                new TimerCancelled(17, 3, "orders"));
    }

    private static GroupConfig withPolicy(RetryPolicy policy) {
        return new GroupConfig("billing", true, true, false, 1, 16, true, Map.of(), policy);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void isReadBackAsItWasWritten(ControlRecord record) {
        ControlRecord read = decode(record.kind(), encode(record));

        assertThat(read).usingRecursiveComparison().isEqualTo(record);
        assertThat(read).hasSameClassAs(record);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void isRefusedWhenAnyOfItsEndIsMissing(ControlRecord record) {
        byte[] bytes = encode(record);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decode(record.kind(), cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void everyKindHasItsOwnCode() {
        long typeCount = everyKind().map(Object::getClass).distinct().count();

        assertThat(everyKind().map(ControlRecord::kind).distinct())
                .hasSize((int) typeCount)
                .allMatch(kind -> kind > 0 && kind < 128);
    }

    @Test
    void anUnknownKindIsRefusedByItsCode() {
        assertThatThrownBy(() -> decode(99, new byte[10])).hasMessageContaining("99");
    }

    @Property
    void anyBytesAreARecordOrAClearError(@ForAll("kinds") int kind, @ForAll byte[] bytes) {
        try {
            assertThat(decode(kind, bytes).kind()).isEqualTo(kind);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("expected");
        }
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<Integer> kinds() {
        return net.jqwik.api.Arbitraries.of(everyKind().map(ControlRecord::kind).toList());
    }

    private static byte[] encode(ControlRecord record) {
        RecordOutput out = new RecordOutput();
        record.encode(out);
        byte[] bytes = new byte[out.length()];
        out.buffer().getBytes(0, bytes);
        return bytes;
    }

    private static ControlRecord decode(int kind, byte[] bytes) {
        return ControlRecord.decode(kind, new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
