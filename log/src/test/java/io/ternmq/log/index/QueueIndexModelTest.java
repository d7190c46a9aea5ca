package io.ternmq.log.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.log.storage.SliceOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Any sequence of appends, moves, drops, commits, retention, sweeps, checkpoints that are written while all of that goes on,
 * and restarts from either kept checkpoint or from nothing, beside plain lists that cannot be wrong.
 */
class QueueIndexModelTest {
    private static final int[] QUEUES = {0, 1, 4_095, 4_096, 20_000};
    private static final int STEP_COUNT = 400;

    @Property(tries = 25)
    void showsWhatPlainListsShow(@ForAll long seed) throws IOException {
        Run run = new Run(new Random(seed));
        try {
            for (int i = 0; i < STEP_COUNT; i++) {
                run.step();
            }
        } finally {
            run.index.close();
        }
    }

    /** What the log holds: a message, the same message moved, or the end of a queue when its offset is -1. */
    private record Logged(int queueNo, long offset, long position, int size, boolean isMove) {
        Logged(int queueNo, long offset, long position, int size) {
            this(queueNo, offset, position, size, false);
        }

        boolean isDrop() {
            return offset < 0;
        }
    }

    private record Slice(SliceOutput out, long stamp) {}

    /** The slices written so far, of which filling of the index files, and where the replay behind them begins. */
    private record Checkpoint(long number, int filling, List<Slice> slices) {
        long replayPosition() {
            return slices.get(0).stamp();
        }
    }

    private static final class Run {
        private final IndexBounds log = new IndexBounds();
        private final MemoryDirectory directory = new MemoryDirectory();
        private final Random random;
        private final List<Logged> records = new ArrayList<>();
        private final Map<Integer, List<Logged>> messagesOf = new HashMap<>();
        private final Set<Integer> movedQueues = new HashSet<>();
        private final Deque<Logged> unsettled = new ArrayDeque<>();
        private final IndexEntries entries = new IndexEntries(1_000);
        private QueueIndex index;
        private Checkpoint older;
        private Checkpoint newer;
        private Checkpoint unfinished;
        private long position = 1;
        private long checkpointNumber;
        private int filling;
        private int fillingCount;

        Run(Random random) throws IOException {
            this.random = random;
            this.index = QueueIndex.open(directory, log);
            log.committedPosition = position;
            for (int queueNo : QUEUES) {
                messagesOf.put(queueNo, new ArrayList<>());
            }
        }

        void step() throws IOException {
            switch (random.nextInt(19)) {
                case 0 -> drop();
                case 1, 2 -> index.sweep(1 + random.nextInt(30_000));
                case 3 -> raiseStart();
                case 4, 5, 6, 7 -> continueCheckpoint();
                case 8 -> restart();
                case 9, 10 -> commit();
                case 11, 12 -> move();
                case 13 -> settle();
                default -> append();
            }
            check(QUEUES[random.nextInt(QUEUES.length)]);
        }

        private void append() {
            int queueNo = QUEUES[random.nextInt(QUEUES.length)];
            int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 500 : 20);
            for (int i = 0; i < count; i++) {
                Logged record = new Logged(queueNo, index.nextOffset(queueNo), position, random.nextInt(5));
                index.append(queueNo, record.position, record.size, (int) record.position, queueNo);
                records.add(record);
                messagesOf.get(queueNo).add(record);
                position += 1 + random.nextInt(10);
            }
        }

        /** Some of the messages that retention may take next. */
        private void move() {
            int queueNo = QUEUES[random.nextInt(QUEUES.length)];
            long before = older == null ? 0 : Math.min(older.replayPosition(), log.committedPosition);
            int share = 1 + random.nextInt(40);
            for (Logged message : messagesOf.get(queueNo)) {
                boolean movable = message.position >= log.startPosition && message.position < before;
                if (movable && random.nextInt(share) == 0) {
                    Logged moved = new Logged(queueNo, message.offset, position, message.size, true);
                    index.move(queueNo, moved.offset, moved.position, moved.size, (int) moved.position, queueNo);
                    records.add(moved);
                    unsettled.add(moved);
                    movedQueues.add(queueNo);
                    position += 1 + random.nextInt(10);
                }
            }
        }

        private void settle() {
            int left = index.settleMoves(log.committedPosition);
            while (!unsettled.isEmpty() && unsettled.peek().position < log.committedPosition) {
                settled(unsettled.remove());
            }
            assertThat(left).isEqualTo(unsettled.size());
        }

        private void settled(Logged moved) {
            messagesOf.get(moved.queueNo).set((int) moved.offset, moved);
        }

        private void drop() {
            int queueNo = QUEUES[random.nextInt(QUEUES.length)];
            unsettled.removeIf(moved -> moved.queueNo == queueNo);
            index.drop(queueNo, position);
            records.add(new Logged(queueNo, -1, position, 0));
            messagesOf.get(queueNo).clear();
            position++;
        }

        private void commit() {
            long committed = log.committedPosition;
            log.committedPosition = committed + random.nextLong(position - committed + 1);
        }

        /** Two checkpoints lie behind whatever is deleted. */
        private void raiseStart() {
            long end = older == null ? 0 : Math.min(older.replayPosition(), log.committedPosition);
            long start = log.startPosition;
            if (end > start && unsettled.isEmpty()) {
                log.startPosition = start + random.nextLong(end - start + 1);
            }
        }

        private void continueCheckpoint() throws IOException {
            if (!unsettled.isEmpty()) {
                return;
            }
            if (unfinished == null) {
                index.checkpointBegun(++checkpointNumber);
                unfinished = new Checkpoint(checkpointNumber, filling, new ArrayList<>());
            }
            SliceOutput out = new SliceOutput();
            index.writeSlice(unfinished.slices.size(), out);
            unfinished.slices.add(new Slice(out, position));
            if (unfinished.slices.size() == index.sliceCount()) {
                index.forceFiles();
                index.checkpointCompleted(unfinished.number);
                older = newer;
                newer = unfinished;
                unfinished = null;
            }
        }

        /** From the newest checkpoint, or from the other one as if the newest were damaged, or with the files lost. */
        private void restart() throws IOException {
            index.close();
            unfinished = null;
            log.committedPosition = position;
            unsettled.forEach(this::settled);
            unsettled.clear();
            if (older != null && random.nextInt(3) == 0) {
                newer = older;
                older = null;
            }
            if (newer == null || random.nextInt(3) == 0 || !restore()) {
                rebuild();
            }
            index.recovered();
            for (int queueNo : QUEUES) {
                check(queueNo);
            }
        }

        /** @return false when the files are not those of the checkpoint, which is no surprise after a rebuild */
        private boolean restore() throws IOException {
            index = QueueIndex.open(directory, log);
            try {
                for (Slice slice : newer.slices) {
                    index.restoreSlice(IndexFixture.input(slice.out), slice.stamp);
                }
            } catch (IndexDamagedException e) {
                assertThat(newer.filling).as(e.getMessage()).isNotEqualTo(filling);
                index.close();
                return false;
            }
            filling = newer.filling;
            replay(newer.replayPosition());
            return true;
        }

        /** The checkpoints are of no use for the new files, but still tell where queues ended. */
        private void rebuild() throws IOException {
            filling = ++fillingCount;
            index = QueueIndex.createEmpty(directory, log);
            if (newer != null) {
                for (Slice slice : newer.slices) {
                    index.restoreEnds(IndexFixture.input(slice.out), slice.stamp);
                }
            }
            replay(log.startPosition);
        }

        private void replay(long fromPosition) {
            for (Logged record : records) {
                if (record.position < fromPosition) {
                    continue;
                }
                if (record.isDrop()) {
                    index.drop(record.queueNo, record.position);
                } else if (record.isMove()) {
                    index.moveReplayed(
                            record.queueNo,
                            record.offset,
                            record.position,
                            record.size,
                            (int) record.position,
                            record.queueNo);
                } else {
                    index.appendReplayed(
                            record.queueNo,
                            record.offset,
                            record.position,
                            record.size,
                            (int) record.position,
                            record.queueNo);
                }
            }
        }

        private void check(int queueNo) {
            List<Logged> messages = messagesOf.get(queueNo);
            long max = messages.stream()
                    .filter(message -> message.position < log.committedPosition)
                    .count();
            List<Logged> visible = messages.stream()
                    .filter(message ->
                            message.position < log.committedPosition && message.position >= log.startPosition)
                    .toList();
            long min = visible.isEmpty() ? max : visible.get(0).offset;
            assertThat(index.nextOffset(queueNo)).isEqualTo(messages.size());
            assertThat(index.maxOffset(queueNo)).isEqualTo(max);
            if (movedQueues.contains(queueNo)) {
                assertThat(index.minOffset(queueNo)).isLessThanOrEqualTo(min);
                checkMoved(queueNo, random.nextLong(max + 2), max, visible);
            } else {
                assertThat(index.minOffset(queueNo)).isEqualTo(min);
                checkCopy(queueNo, random.nextLong(max + 2), min, visible);
            }
        }

        /** What is gone shows as a hole or not at all. */
        private void checkMoved(int queueNo, long fromOffset, long max, List<Logged> visible) {
            List<Logged> expected = new ArrayList<>(visible.stream()
                    .filter(message -> message.offset >= fromOffset && message.size > 0)
                    .toList());
            List<Logged> found = new ArrayList<>();
            long offset = fromOffset;
            int count = index.copy(queueNo, offset, 1 + random.nextInt(1_000), entries);
            while (count > 0) {
                assertThat(entries.firstOffset()).isGreaterThanOrEqualTo(offset);
                for (int i = 0; i < count; i++) {
                    if (!entries.isHole(i)) {
                        assertThat(entries.crc(i)).isEqualTo((int) entries.position(i));
                        assertThat(entries.tagHash(i)).isEqualTo(queueNo);
                        found.add(new Logged(queueNo, entries.offset(i), entries.position(i), entries.size(i)));
                    }
                }
                offset = entries.firstOffset() + count;
                count = index.copy(queueNo, offset, 1 + random.nextInt(1_000), entries);
            }
            expected.replaceAll(each -> new Logged(each.queueNo, each.offset, each.position, each.size));
            assertThat(found).isEqualTo(expected);
            assertThat(entries.firstOffset()).isEqualTo(Math.max(fromOffset, max));
            long before = random.nextLong(position + 1);
            long last = visible.stream()
                    .filter(message -> message.position < before)
                    .mapToLong(Logged::offset)
                    .max()
                    .orElse(-1);
            assertThat(index.endBefore(queueNo, before)).isGreaterThan(last);
        }

        private void checkCopy(int queueNo, long fromOffset, long min, List<Logged> visible) {
            int countMax = 1 + random.nextInt(1_000);
            int count = index.copy(queueNo, fromOffset, countMax, entries);
            List<Logged> expected = visible.stream()
                    .filter(message -> message.offset >= fromOffset)
                    .limit(countMax)
                    .toList();
            assertThat(count).isEqualTo(expected.size());
            for (int i = 0; i < count; i++) {
                assertThat(entries.offset(i)).isEqualTo(expected.get(i).offset);
                assertThat(entries.position(i)).isEqualTo(expected.get(i).position);
                assertThat(entries.size(i)).isEqualTo(expected.get(i).size);
                assertThat(entries.crc(i)).isEqualTo((int) expected.get(i).position);
                assertThat(entries.tagHash(i)).isEqualTo(queueNo);
            }
            assertThat(entries.firstOffset()).isGreaterThanOrEqualTo(Math.min(fromOffset, min));
        }
    }
}
