package io.ternmq.server.client;

import io.ternmq.server.wire.WireException;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which dead letters of a queue were sent again: all before an offset, and single ones behind it. A single one is known by
 * its offset and by where its record lies, which no other message ever shares: a mark that outlived its message marks nothing.
 * One thread.
 */
final class RedriveMarks {

    /** So many single ones may lie behind the first that was not sent again. */
    static final int AHEAD_MAX = 1_000;

    private final NavigableMap<Long, Long> positionAhead = new TreeMap<>();
    private long floor;

    private RedriveMarks(long floor) {
        this.floor = floor;
    }

    /**
     * Takes what was kept.
     *
     * @param floor all before this offset were sent again, or are gone
     * @param ahead as {@link #ahead} wrote it
     * @throws WireException when it is something else
     */
    static RedriveMarks parse(long floor, String ahead) throws WireException {
        var marks = new RedriveMarks(floor);
        try {
            for (String mark : ahead.isEmpty() ? new String[0] : ahead.split(",", -1)) {
                int colon = mark.indexOf(':');
                long offset = Long.parseLong(mark.substring(0, Math.max(0, colon)));
                marks.positionAhead.put(offset, Long.parseLong(mark.substring(colon + 1)));
            }
        } catch (NumberFormatException e) {
            throw new WireException(
                    "marks of dead letters that were redriven: '" + ahead + "' (expected: offset:position,…)", e);
        }
        marks.forgetBelowFloor();
        return marks;
    }

    /** @return the first offset that is not known to be done */
    long floor() {
        return floor;
    }

    /** @return single ones behind {@link #floor}, to be kept; empty for none */
    String ahead() {
        return positionAhead.entrySet().stream()
                .map(mark -> mark.getKey() + ":" + mark.getValue())
                .collect(Collectors.joining(","));
    }

    /** @return how many single ones lie behind {@link #floor} */
    int aheadCount() {
        return positionAhead.size();
    }

    /** @return whether that message was sent again */
    boolean isDone(long offset, long position) {
        Long marked = positionAhead.get(offset);
        return offset < floor || (marked != null && marked == position);
    }

    /** @return whether one more may be marked that is not the first one */
    boolean hasRoom() {
        return positionAhead.size() < AHEAD_MAX;
    }

    /** The message was sent again; or it was before, and its turn has come. */
    void done(long offset, long position) {
        if (offset == floor) {
            floor++;
            forgetBelowFloor();
        } else if (offset > floor) {
            positionAhead.put(offset, position);
        }
    }

    /** There is no message from the floor up to this offset, whoever took it. */
    void nothingBefore(long offset) {
        floor = Math.max(floor, offset);
        forgetBelowFloor();
    }

    private void forgetBelowFloor() {
        positionAhead.headMap(floor, false).clear();
    }
}
