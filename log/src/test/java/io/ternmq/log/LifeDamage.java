package io.ternmq.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.DirectBuffer;

/** Flips a bit of a log that nobody has open, or makes a page of it unreadable, and knows which records that may cost. */
final class LifeDamage {
    private static final int PAGE_BYTES = 4_096;

    private final Random random;
    private final LogFixture fixture;
    private String unreadable = "";

    /** An entry as the dump shows it. */
    private record Entry(long position, List<Long> numbers) {}

    LifeDamage(Random random, LogFixture fixture) {
        this.random = random;
        this.fixture = fixture;
    }

    /** @return the numbers of the records that lie where a bit was flipped; none when nothing was */
    Set<Long> flipBit() {
        List<Entry> entries = entries();
        if (entries.size() < 2) {
            return Set.of();
        }
        int hit = random.nextInt(entries.size() - 1); // the last is spared: without it the log ends earlier
        long begin = entries.get(hit).position();
        long end = entries.get(hit + 1).position();
        long position = begin + random.nextInt((int) (end - begin));
        String path = pathOf(position);
        fixture.disk.flipBit(path, position - beginOf(path), random.nextInt(8));
        fixture.reports.add("flipped at " + position);
        return new HashSet<>(entries.get(hit).numbers());
    }

    /** @return the numbers of the records that lie on the page that cannot be read from now on; none when there is none */
    Set<Long> failReads() {
        List<Entry> entries = entries();
        if (entries.size() < 2) {
            return Set.of();
        }
        long last = entries.get(entries.size() - 1).position();
        long position = entries.get(0).position()
                + random.nextInt((int) (last - entries.get(0).position()));
        String path = pathOf(position);
        long inFile = position - beginOf(path);
        long from = inFile - inFile % PAGE_BYTES;
        if (beginOf(path) + from + PAGE_BYTES > last) {
            return Set.of();
        }
        unreadable = path;
        fixture.disk.failReads(path, from, from + PAGE_BYTES);
        fixture.reports.add("unreadable at " + (beginOf(path) + from));
        Set<Long> hit = new HashSet<>();
        for (int i = 0; i + 1 < entries.size(); i++) {
            boolean isHit = entries.get(i).position() < beginOf(path) + from + PAGE_BYTES
                    && entries.get(i + 1).position() > beginOf(path) + from;
            if (isHit) {
                hit.addAll(entries.get(i).numbers());
            }
        }
        return hit;
    }

    /** The disk gives all of it again. */
    void heal() {
        if (fixture.disk.paths().contains(unreadable)) {
            fixture.disk.failReads(unreadable, 0, 0);
        }
        unreadable = "";
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        try (LogDump dump = LogDump.open(fixture.disk.root())) {
            dump.visit(0, new Visitor(entries));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return entries;
    }

    private String pathOf(long position) {
        String found = "";
        for (String path : fixture.disk.paths()) {
            boolean isBefore = path.startsWith("log/") && path.endsWith(".log") && beginOf(path) <= position;
            found = isBefore ? path : found;
        }
        return found;
    }

    private static long beginOf(String path) {
        return Segment.begin(path.substring("log/".length()));
    }

    private record Visitor(List<Entry> entries) implements LogDump.Visitor {
        @Override
        public boolean entry(LogDump.Entry entry) {
            return entries.add(new Entry(entry.position(), new ArrayList<>()));
        }

        @Override
        public boolean message(LogDump.Row row, DirectBuffer buffer, int index, int length) {
            return add(row.good() ? TestRecords.number(buffer, index, length) : -1);
        }

        @Override
        public boolean control(LogDump.Row row, DirectBuffer buffer, int index, int length) {
            return add(row.kind() == TestState.KIND ? buffer.getLong(index, java.nio.ByteOrder.BIG_ENDIAN) : -1);
        }

        private boolean add(long number) {
            return entries.get(entries.size() - 1).numbers().add(number);
        }

        @Override
        public boolean damaged(long position, long bytes, String reason) {
            return true; // since an earlier life
        }
    }
}
