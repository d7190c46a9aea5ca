package io.ternmq.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.agrona.DirectBuffer;

/** What holds for every log, wherever it rolls, is torn or has a flipped bit. */
class LogPropertyTest {
    private static final int TRIES = 60;

    @Property(tries = TRIES)
    void readsBackWhatWasWrittenWhateverTheSizes(
            @ForAll long seed,
            @ForAll @IntRange(min = 4096, max = 20_000) int segmentBytes,
            @ForAll @IntRange(min = 1, max = 5000) int entryBytes,
            @ForAll @IntRange(max = 9000) int zeroFillBytes) {
        LogFixture fixture = new LogFixture(seed);
        fixture.settings = fixture.settings.withSizes(segmentBytes, zeroFillBytes, entryBytes);
        fixture.open();
        int count = write(fixture, new Random(seed));
        assertThat(fixture.messages(0)).isEqualTo(numbers(count));
        fixture.kill().open();
        assertThat(fixture.messages(0)).isEqualTo(numbers(count));
    }

    @Property(tries = TRIES)
    void cutsATailThatIsTornAnywhere(@ForAll long seed, @ForAll @IntRange(max = 5000) int lostBytes) {
        LogFixture fixture = new LogFixture(seed).open();
        int count = write(fixture, new Random(seed));
        fixture.close();
        String last = segments(fixture).get(segments(fixture).size() - 1);
        long end = fixture.disk.size(last);
        fixture.disk.lose("durable");
        fixture.disk.truncate(last, Math.max(0, end - lostBytes));
        fixture.open();
        List<Long> left = fixture.messages(0);
        assertThat(left).isEqualTo(numbers(left.size()));
        assertThat(left.size()).isLessThanOrEqualTo(count);
        assertThat(fixture.log.damageCount()).isZero();
        fixture.send(0, left.size());
        fixture.kill().open();
        assertThat(fixture.messages(0)).isEqualTo(numbers(left.size() + 1));
    }

    @Property(tries = TRIES)
    void losesNothingButTheEntryThatAFlippedBitHits(
            @ForAll long seed, @ForAll @IntRange(max = 1_000_000) int where, @ForAll @IntRange(max = 7) int bit)
            throws Exception {
        LogFixture fixture = new LogFixture(seed).open();
        int count = write(fixture, new Random(seed));
        long end = fixture.log.endPosition();
        fixture.close();
        long position = where % end;
        EntriesByPosition entries = new EntriesByPosition();
        try (LogDump dump = LogDump.open(fixture.disk.root())) {
            dump.visit(0, entries);
        }
        flip(fixture, position, bit);
        fixture.open();
        List<Long> safe = new ArrayList<>(numbers(count));
        safe.removeAll(entries.numbers.floorEntry(position).getValue());
        assertThat(fixture.messages(0))
                .containsAll(safe)
                .isSubsetOf(numbers(count))
                .isSorted();
        assertThat(fixture.log.damageCount()).isPositive();
        fixture.log.acceptDamage();
        List<Long> found = fixture.messages(0);
        fixture.kill().open();
        assertThat(fixture.messages(0)).isEqualTo(found);
        assertThat(fixture.log.readOnlyReason()).isNull();
    }

    private static int write(LogFixture fixture, Random random) {
        int count = 0;
        int batches = 1 + random.nextInt(20);
        for (int i = 0; i < batches; i++) {
            fixture.log.beginBatch(fixture.clock.time());
            int commands = 1 + random.nextInt(4);
            for (int j = 0; j < commands; j++) {
                fixture.log.beginCommand();
                fixture.append(0, count++, random.nextInt(random.nextInt(8) == 0 ? 12_000 : 400));
                fixture.log.endCommand();
            }
            fixture.commit();
            if (random.nextInt(4) == 0) {
                fixture.maintain();
            }
        }
        return count;
    }

    private static void flip(LogFixture fixture, long position, int bit) {
        String hit = "";
        for (String path : segments(fixture)) {
            if (Segment.begin(path.substring("log/".length())) <= position) {
                hit = path;
            }
        }
        fixture.disk.flipBit(hit, position - Segment.begin(hit.substring("log/".length())), bit);
    }

    private static List<String> segments(LogFixture fixture) {
        return fixture.disk.paths().stream()
                .filter(path -> path.startsWith("log/") && path.endsWith(".log"))
                .toList();
    }

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private static final class EntriesByPosition implements LogDump.Visitor {
        private final TreeMap<Long, List<Long>> numbers = new TreeMap<>();

        @Override
        public boolean entry(LogDump.Entry entry) {
            numbers.put(entry.position(), new ArrayList<>());
            return true;
        }

        @Override
        public boolean message(LogDump.Row row, DirectBuffer buffer, int index, int length) {
            return numbers.lastEntry().getValue().add(TestRecords.number(buffer, index, length));
        }

        @Override
        public boolean control(LogDump.Row row, DirectBuffer buffer, int index, int length) {
            return true;
        }

        @Override
        public boolean damaged(long position, long bytes, String reason) {
            return false;
        }
    }
}
