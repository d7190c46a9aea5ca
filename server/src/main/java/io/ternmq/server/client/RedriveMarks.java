package io.ternmq.server.client;

import io.ternmq.InvalidRequestException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which dead letters of a queue were sent again: all before an offset, the floor, and single ones behind it. As text:
 * <pre>
 *   floor | witness | single ones           7|6:4096|9:8192,12:9000      offset:position of each
 * </pre>
 * A message is known by its offset and by where its record lies, which no other message ever shares. So a mark that outlived
 * its message marks nothing: a single one by itself, the floor by its witness, the last message that was sent again below
 * it. One thread.
 */
final class RedriveMarks {

    /** So many single ones may lie behind the first that was not sent again. */
    static final int AHEAD_MAX = 1_000;

    private static final long NO_OFFSET = -1;

    private final NavigableMap<Long, Long> positionAhead = new TreeMap<>();
    private long floor;
    private long witnessOffset = NO_OFFSET;
    private long witnessPosition;

    private RedriveMarks() {}

    /**
     * Takes what was kept.
     *
     * @param text as {@link #text} wrote it; empty for nothing
     * @throws InvalidRequestException when it is something else
     */
    static RedriveMarks parse(String text) {
        var marks = new RedriveMarks();
        try {
            if (!text.isEmpty()) {
                marks.read(text.split("\\|", -1));
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(
                    "marks of dead letters that were redriven: '" + text + "' (expected: 7|6:4096|9:8192)", e);
        }
        marks.forgetBelowFloor();
        return marks;
    }

    private void read(String[] parts) {
        if (parts.length != 3) {
            throw new IllegalArgumentException("parts: " + parts.length + " (expected: 3)");
        }
        floor = Long.parseLong(parts[0]);
        if (!parts[1].isEmpty()) {
            witnessOffset = offset(parts[1]);
            witnessPosition = position(parts[1]);
        }
        for (String mark : parts[2].isEmpty() ? new String[0] : parts[2].split(",", -1)) {
            positionAhead.put(offset(mark), position(mark));
        }
    }

    private static long offset(String mark) {
        return Long.parseLong(mark.substring(0, Math.max(0, mark.indexOf(':'))));
    }

    private static long position(String mark) {
        return Long.parseLong(mark.substring(mark.indexOf(':') + 1));
    }

    /** @return to be kept */
    String text() {
        String witness = witnessOffset == NO_OFFSET ? "" : witnessOffset + ":" + witnessPosition;
        return floor + "|" + witness + "|"
                + positionAhead.entrySet().stream().map(RedriveMarks::text).collect(Collectors.joining(","));
    }

    private static String text(Map.Entry<Long, Long> mark) {
        return mark.getKey() + ":" + mark.getValue();
    }

    /** @return the first offset that is not known to be done */
    long floor() {
        return floor;
    }

    /** @return the offset of the message that says whether {@link #floor} is about these messages; negative for none */
    long witnessOffset() {
        return witnessOffset;
    }

    /** @return where that message lay */
    long witnessPosition() {
        return witnessPosition;
    }

    /** The witness is another message: the queue is not the one that the floor was about. */
    void forgetFloor() {
        floor = 0;
        witnessOffset = NO_OFFSET;
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
            witnessOffset = offset;
            witnessPosition = position;
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
