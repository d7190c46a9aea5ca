package io.ternmq.log.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BlockAllocatorTest {
    @Test
    void usesAFreedBlockAgainOnlyWhenTwoCheckpointsBegunLaterAreKept() throws IOException {
        try (Blocks blocks = Blocks.open(new MemoryDirectory())) {
            BlockAllocator allocator = new BlockAllocator(blocks);
            allocator.checkpointBegun(1);
            int block = allocator.allocate(BlockSize.SMALL, 1);
            allocator.free(block);
            allocator.checkpointCompleted(1);
            allocator.checkpointBegun(2);
            allocator.checkpointCompleted(2);
            assertThat(allocator.allocate(BlockSize.SMALL, 1)).isNotEqualTo(block);
            allocator.checkpointBegun(3);
            allocator.checkpointCompleted(3);
            assertThat(allocator.allocate(BlockSize.SMALL, 1)).isEqualTo(block);
        }
    }

    @Test
    void aCheckpointOfTheSameNumberDoesNotCountTwice() throws IOException {
        try (Blocks blocks = Blocks.open(new MemoryDirectory())) {
            BlockAllocator allocator = new BlockAllocator(blocks);
            int block = allocator.allocate(BlockSize.SMALL, 1);
            allocator.free(block);
            for (int i = 0; i < 3; i++) {
                allocator.checkpointBegun(7);
                allocator.checkpointCompleted(7);
            }
            assertThat(allocator.waitingCount()).isEqualTo(1);
        }
    }

    @Test
    void refusesACheckpointThatWasNotBegun() throws IOException {
        try (Blocks blocks = Blocks.open(new MemoryDirectory())) {
            BlockAllocator allocator = new BlockAllocator(blocks);
            allocator.checkpointBegun(5);
            assertThatThrownBy(() -> allocator.checkpointCompleted(6)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> allocator.checkpointBegun(4)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Rows are written at any time while a checkpoint goes on: it may know every block used at any moment of that time. */
    @Property(tries = 50)
    void neverHandsOutABlockThatAKeptOrUnfinishedCheckpointMayKnow(@ForAll long seed) throws IOException {
        try (Blocks blocks = Blocks.open(new MemoryDirectory())) {
            new AllocatorRun(new BlockAllocator(blocks), new Random(seed)).run(2_000);
        }
    }

    private static final class AllocatorRun {
        private final BlockAllocator allocator;
        private final Random random;
        private final List<Integer> used = new ArrayList<>();
        private Set<Integer> olderKept = Set.of();
        private Set<Integer> newerKept = Set.of();
        private Set<Integer> unfinished = Set.of();
        private long number;

        AllocatorRun(BlockAllocator allocator, Random random) {
            this.allocator = allocator;
            this.random = random;
        }

        void run(int stepCount) throws IOException {
            for (int i = 0; i < stepCount; i++) {
                switch (random.nextInt(12)) {
                    case 0 -> begin();
                    case 1 -> complete();
                    case 2, 3, 4, 5, 6 -> free();
                    default -> allocate();
                }
            }
        }

        private void begin() {
            allocator.checkpointBegun(++number);
            unfinished = new HashSet<>(used);
        }

        private void complete() {
            if (number > 0 && !unfinished.isEmpty()) {
                allocator.checkpointCompleted(number);
                olderKept = newerKept;
                newerKept = unfinished;
                unfinished = Set.of();
            }
        }

        private void free() {
            if (!used.isEmpty()) {
                allocator.free(used.remove(random.nextInt(used.size())));
            }
        }

        private void allocate() throws IOException {
            int block = allocator.allocate(BlockSize.at(random.nextInt(3)), 1);
            assertThat(used).doesNotContain(block);
            assertThat(olderKept).doesNotContain(block);
            assertThat(newerKept).doesNotContain(block);
            assertThat(unfinished).doesNotContain(block);
            used.add(block);
            if (!unfinished.isEmpty()) {
                unfinished.add(block);
            }
        }
    }
}
