package io.ternmq.log.index;

import java.util.ArrayList;
import java.util.List;

/**
 * What a lookup has to look through, oldest first: runs, then buffers that are not sorted yet. Immutable; each change
 * is a new view.
 */
record KeyView(List<KeyRun> runs, List<BufferUse> buffers) {
    static final KeyView EMPTY = new KeyView(List.of(), List.of());

    /** One use of a buffer that will be used again. */
    record BufferUse(KeyBuffer buffer, int use) {}

    KeyView withBuffer(KeyBuffer added) {
        List<BufferUse> grown = new ArrayList<>(buffers);
        grown.add(new BufferUse(added, added.use()));
        return new KeyView(runs, List.copyOf(grown));
    }

    /** The oldest buffer has become this run. */
    KeyView withSorted(KeyRun run) {
        List<KeyRun> grown = new ArrayList<>(runs);
        grown.add(run);
        return new KeyView(List.copyOf(grown), buffers.subList(1, buffers.size()));
    }

    /** Several neighbours have become one run. */
    KeyView withMerged(List<KeyRun> parts, KeyRun merged) {
        List<KeyRun> left = new ArrayList<>(runs);
        left.add(left.indexOf(parts.get(0)), merged);
        left.removeAll(parts);
        return new KeyView(List.copyOf(left), buffers);
    }

    KeyView without(List<KeyRun> removed) {
        return new KeyView(runs.stream().filter(run -> !removed.contains(run)).toList(), buffers);
    }

    /** @return false when a run is gone; none is in use then, and there is a newer view */
    boolean tryUseRuns() {
        for (int i = 0; i < runs.size(); i++) {
            if (!runs.get(i).tryUse()) {
                runs.subList(0, i).forEach(KeyRun::release);
                return false;
            }
        }
        return true;
    }

    void releaseRuns() {
        runs.forEach(KeyRun::release);
    }

    boolean buffersAreStillThere() {
        return buffers.stream().allMatch(used -> used.buffer().isStill(used.use()));
    }
}
