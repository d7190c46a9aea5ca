package io.ternmq.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class SequenceSetTest {

    @Property(tries = 200)
    void holdsExactlyWhatWasAdded(
            @ForAll Set<@LongRange(max = 3_000_000) Long> added, @ForAll @LongRange(max = 3_000_000) long asked) {
        SequenceSet set = new SequenceSet();
        for (long sequence : added) {
            assertThat(set.add(sequence)).isTrue();
            assertThat(set.add(sequence)).isFalse();
        }
        assertThat(added).allMatch(set::contains);
        assertThat(set.contains(asked)).isEqualTo(added.contains(asked));
    }
}
