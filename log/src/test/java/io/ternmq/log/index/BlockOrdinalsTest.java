package io.ternmq.log.index;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BlockOrdinalsTest {
    @Test
    void beginsWithASmallAndAMediumBlock() {
        assertThat(BlockOrdinals.ordinalOf(0)).isZero();
        assertThat(BlockOrdinals.ordinalOf(15)).isZero();
        assertThat(BlockOrdinals.ordinalOf(16)).isEqualTo(1);
        assertThat(BlockOrdinals.ordinalOf(271)).isEqualTo(1);
        assertThat(BlockOrdinals.ordinalOf(272)).isEqualTo(2);
        assertThat(BlockOrdinals.ordinalOf(4367)).isEqualTo(2);
        assertThat(BlockOrdinals.ordinalOf(4368)).isEqualTo(3);
    }

    @Property
    void everyOffsetLiesInTheBlockOfItsOrdinal(@ForAll @LongRange(max = BlockOrdinals.OFFSET_MAX) long offset) {
        long ordinal = BlockOrdinals.ordinalOf(offset);
        assertThat(offset - BlockOrdinals.firstOffset(ordinal))
                .isBetween(0L, BlockOrdinals.sizeOf(ordinal).entryCount() - 1L);
        assertThat(ordinal).isLessThan(1L << 40);
    }

    @Property
    void blocksFollowEachOtherWithoutAGap(@ForAll @LongRange(max = 1L << 39) long ordinal) {
        assertThat(BlockOrdinals.firstOffset(ordinal + 1))
                .isEqualTo(BlockOrdinals.firstOffset(ordinal)
                        + BlockOrdinals.sizeOf(ordinal).entryCount());
    }
}
