package io.ternmq.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the disk did not give while the log was scanned. Where a read fails it is done again page by page, and what cannot
 * be read then is {@link #FILLER}: checksums fail there as they do on any damage. It stays filler however often it is
 * looked at, so that what was decided on it holds for the whole scan. For one thread.
 */
final class UnreadPages {
    /** A log that has more of them is not opened: its disk is to be copied first. */
    static final int COUNT_MAX = 1_024;

    static final byte FILLER = (byte) 0xFF;

    /** What the system reads at once, or fails to. */
    private static final int PAGE_BYTES = 4_096;

    private final int countMax;
    /** Begin and end of each part; they do not overlap. */
    private final TreeMap<Long, Long> parts = new TreeMap<>();

    private int count;
    private String reason = "";

    /** Positions from {@code begin} on and before {@code end}. */
    record Part(long begin, long end) {}

    /** @param countMax so many pages are tried; at one more the disk is given up */
    UnreadPages(int countMax) {
        this.countMax = countMax;
    }

    /** Forgets all: the next reads try anew. */
    void clear() {
        parts.clear();
        count = 0;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** @return whether a byte of that range could not be read */
    boolean hits(long from, long to) {
        Map.Entry<Long, Long> before = parts.lowerEntry(to);
        return before != null && before.getValue() > from;
    }

    /** @return why what fails its checks there does so: it could not be read, or {@code otherwise} */
    String reason(long from, long to, String otherwise) {
        return hits(from, to) ? reason : otherwise;
    }

    /** @return behind the last byte that could not be read; 0 when all could */
    long end() {
        return parts.isEmpty() ? 0 : parts.lastEntry().getValue();
    }

    /** @return the first position at or behind {@code from} that could not be read, or {@code to} */
    long nextBegin(long from, long to) {
        if (hits(from, from + 1)) {
            return from;
        }
        Long next = parts.higherKey(from);
        return next == null ? to : Math.min(to, next);
    }

    /** @return the first position at or behind {@code from} that could be read, or {@code to} */
    long nextEnd(long from, long to) {
        long at = from;
        while (at < to && hits(at, at + 1)) {
            at = endOfPart(at);
        }
        return Math.min(at, to);
    }

    private long endOfPart(long at) {
        Map.Entry<Long, Long> part = parts.floorEntry(at);
        return part == null ? at : part.getValue();
    }

    /** @return what could not be read between two positions */
    List<Part> within(long from, long to) {
        List<Part> found = new ArrayList<>();
        for (long at = nextBegin(from, to); at < to; at = nextBegin(nextEnd(at, to), to)) {
            found.add(new Part(at, nextEnd(at, to)));
        }
        return found;
    }

    /**
     * Reads from a segment until {@code dst} is full or the file ends.
     *
     * @return how many bytes were read, filler among them
     * @throws IOException when too many pages cannot be read; says so
     */
    int read(Segment segment, ByteBuffer dst, long position) throws IOException {
        int begin = dst.position();
        int end = dst.limit();
        if (!hits(position, position + end - begin)) {
            try {
                return segment.file().read(dst, position - segment.begin());
            } catch (IOException e) {
                // page by page, then
            }
        }
        int at = begin;
        boolean more = true;
        while (more && at < end) {
            long from = position + at - begin;
            long to = partOrPageEnd(segment, from, position + end - begin);
            int pieceEnd = begin + (int) (to - position);
            readPiece(segment, dst.limit(pieceEnd).position(at), from);
            more = dst.position() == pieceEnd;
            at = dst.position();
        }
        return at - begin;
    }

    /** @return up to where all or nothing is known to be unreadable, within a page */
    private long partOrPageEnd(Segment segment, long from, long limit) {
        if (hits(from, from + 1)) {
            return nextEnd(from, limit);
        }
        long inPage = (from - segment.begin()) % PAGE_BYTES;
        return nextBegin(from, Math.min(limit, from + PAGE_BYTES - inPage));
    }

    private void readPiece(Segment segment, ByteBuffer dst, long position) throws IOException {
        int begin = dst.position();
        if (!hits(position, position + 1)) {
            try {
                segment.file().read(dst, position - segment.begin());
                return;
            } catch (IOException e) {
                note(position, position + dst.limit() - begin, e);
            }
        }
        dst.position(begin);
        while (dst.hasRemaining()) {
            dst.put(FILLER);
        }
    }

    private void note(long begin, long end, IOException cause) throws IOException {
        if (count == countMax) {
            throw new IOException(
                    "log: " + countMax + " pages and more cannot be read, the last at " + begin + " ("
                            + cause.getMessage() + "); copy the folder to a good disk, as far as it can be read",
                    cause);
        }
        count++;
        reason = "cannot be read: " + cause.getMessage();
        note(begin, end);
    }

    private void note(long begin, long end) {
        long newBegin = begin;
        long newEnd = end;
        Map.Entry<Long, Long> other = parts.floorEntry(end);
        while (other != null && other.getValue() >= newBegin) {
            newBegin = Math.min(newBegin, other.getKey());
            newEnd = Math.max(newEnd, other.getValue());
            parts.remove(other.getKey());
            other = parts.floorEntry(newEnd);
        }
        parts.put(newBegin, newEnd);
    }
}
