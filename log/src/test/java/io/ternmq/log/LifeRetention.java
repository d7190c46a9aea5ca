package io.ternmq.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds what retention does to what it says: nothing goes that is young and within the size, nothing stays that is neither, but for a segment. */
final class LifeRetention {
    private final LogFixture fixture;
    private final TreeMap<Long, Long> times = new TreeMap<>();

    LifeRetention(LogFixture fixture) {
        this.fixture = fixture;
    }

    void appended(long position) {
        times.put(position, fixture.log.lastTimeMs());
    }

    /** What lies at or behind the log's end was lost. */
    void opened() {
        times.tailMap(fixture.log.endPosition(), true).clear();
    }

    /** Checks where retention wants the log to begin. */
    void checkCut(long cut, long nowMs) {
        LogSettings.Retain retain = fixture.settings.retention();
        Long segment = segments().floor(cut);
        assertThat(segment).as("a segment begins at the cut").isEqualTo(cut);
        Map.Entry<Long, Long> lastCut = times.lowerEntry(cut);
        long lastCutSegment = segments().lower(cut);
        boolean isBeyond = fixture.log.endPosition() - lastCutSegment > retain.bytesMax();
        boolean isOld = lastCut != null && lastCut.getValue() < nowMs - retain.ageMs();
        assertThat(isBeyond || isOld)
                .as("what goes before %d is too much (%s) or too old (%s)", cut, isBeyond, isOld)
                .isTrue();
    }

    /** @param limit two checkpoints know everything before it */
    void checkRest(long begin, long limit, long nowMs) {
        LogSettings.Retain retain = fixture.settings.retention();
        Long second = segments().higher(begin);
        if (second == null || second > limit) {
            return;
        }
        assertThat(fixture.log.endPosition() - begin).as("bytes that stay").isLessThanOrEqualTo(retain.bytesMax());
        Map.Entry<Long, Long> firstOfSecond = times.ceilingEntry(second);
        if (firstOfSecond != null) {
            assertThat(firstOfSecond.getValue())
                    .as("time of the second segment that stays")
                    .isGreaterThanOrEqualTo(nowMs - retain.ageMs());
        }
    }

    private NavigableSet<Long> segments() {
        NavigableSet<Long> found = new TreeSet<>();
        for (String path : fixture.disk.paths()) {
            if (path.startsWith("log/") && path.endsWith(".log")) {
                found.add(Segment.begin(path.substring("log/".length())));
            }
        }
        return found;
    }
}
