package io.ternmq.broker.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SurvivorsTest {
    @Property
    void givesBackWhatWasAdded(
            @ForAll @Size(max = 200) List<@IntRange(max = 5) Integer> queueSteps,
            @ForAll @Size(min = 200, max = 200) List<@LongRange(min = 1, max = 1L << 40) Long> distances) {
        Survivors survivors = new Survivors(1 << 20);
        List<String> added = new ArrayList<>();
        int queueNo = 0;
        long offset = -1;
        for (int i = 0; i < queueSteps.size(); i++) {
            queueNo += queueSteps.get(i) == 0 ? 1 : 0;
            offset = queueSteps.get(i) == 0 ? distances.get(i) - 1 : offset + distances.get(i);
            assertThat(survivors.add(queueNo, offset)).isTrue();
            added.add(queueNo + "/" + offset);
        }
        assertThat(all(survivors)).isEqualTo(added);
    }

    @Test
    void takesNoMoreThanItHasRoomFor() {
        Survivors survivors = new Survivors(1_000);
        long offset = 0;
        while (survivors.add(7, offset)) {
            offset++;
        }
        assertThat(offset).isBetween(900L, 1_000L);
        assertThat(all(survivors))
                .hasSize((int) offset)
                .startsWith("7/0", "7/1")
                .endsWith("7/" + (offset - 1));
    }

    @Test
    void mayBeEmpty() {
        assertThat(all(new Survivors(1_000))).isEmpty();
    }

    private static List<String> all(Survivors survivors) {
        List<String> all = new ArrayList<>();
        survivors.rewind();
        while (survivors.advance()) {
            all.add(survivors.queueNo() + "/" + survivors.offset());
        }
        return all;
    }
}
