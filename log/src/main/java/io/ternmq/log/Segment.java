package io.ternmq.log;

import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One file of the log, from its first position to where the next one begins. Readers hold it while they read; when
 * retention has given it up and the last reader has gone, it may be closed and deleted. The end and what is filled
 * ahead change under the segment's own lock, because the writer may overtake the thread that fills.
 */
final class Segment {
    private static final String SUFFIX = ".log";
    private static final int NAME_DIGITS = 20;
    /** What no entry says. */
    static final long TIME_UNKNOWN = -1;

    /** Readers plus one for being part of the log. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private final long begin;
    private final StorageFile file;
    private volatile long end;
    private volatile long filledEnd;
    private volatile boolean sealed;
    private long firstTimeMs = TIME_UNKNOWN;

    /**
     * @param end position behind the last entry
     * @param filledEnd position behind the zeros that were written ahead
     */
    Segment(long begin, StorageFile file, long end, long filledEnd) {
        this.begin = begin;
        this.file = file;
        this.end = end;
        this.filledEnd = Math.max(end, filledEnd);
    }

    static String name(long begin) {
        String digits = Long.toString(begin);
        return "0".repeat(NAME_DIGITS - digits.length()) + digits + SUFFIX;
    }

    static boolean isName(String name) {
        return name.length() == NAME_DIGITS + SUFFIX.length()
                && name.endsWith(SUFFIX)
                && name.chars().limit(NAME_DIGITS).allMatch(c -> c >= '0' && c <= '9');
    }

    static long begin(String name) {
        return Long.parseLong(name, 0, NAME_DIGITS, 10);
    }

    long begin() {
        return begin;
    }

    long end() {
        return end;
    }

    long filledEnd() {
        return filledEnd;
    }

    boolean sealed() {
        return sealed;
    }

    /** @return the time of the first entry, once it has been read. Writer thread */
    long firstTimeMs() {
        return firstTimeMs;
    }

    void firstTimeMs(long timeMs) {
        firstTimeMs = timeMs;
    }

    StorageFile file() {
        return file;
    }

    /** Writes entries behind the last one. Writer thread. */
    void append(ByteBuffer entries) throws IOException {
        long newEnd = end + entries.remaining();
        if (newEnd <= filledEnd) {
            file.write(entries, end - begin);
        } else {
            appendBeyondFill(entries, newEnd);
        }
        end = newEnd;
    }

    private synchronized void appendBeyondFill(ByteBuffer entries, long newEnd) throws IOException {
        file.write(entries, end - begin);
        filledEnd = Math.max(filledEnd, newEnd);
    }

    /** Writes filler over a part of the entries that could not be read, and forces it. Writer thread. @return up to where */
    long bury(long from, long to) throws IOException {
        long until = Math.min(to, end);
        byte[] filler = new byte[(int) (until - from)];
        Arrays.fill(filler, UnreadPages.FILLER);
        file.write(ByteBuffer.wrap(filler), from - begin);
        file.force();
        return until;
    }

    /** Writes zeros behind what is filled, unless the segment is sealed. Maintenance thread; the writer waits only where it needs these bytes. */
    synchronized boolean fill(ByteBuffer zeros) throws IOException {
        if (sealed) {
            return false;
        }
        long newFilledEnd = filledEnd + zeros.remaining();
        file.write(zeros, filledEnd - begin);
        filledEnd = newFilledEnd;
        return true;
    }

    /** No entry comes behind the last one any more. */
    synchronized void seal() {
        sealed = true;
    }

    /** Gives back the disk space behind the last entry. Maintenance thread. */
    synchronized void cutFill() throws IOException {
        if (sealed && filledEnd > end) {
            file.truncate(end - begin);
            filledEnd = end;
        }
    }

    /** @return false when the segment has gone; else {@link #release} must follow */
    boolean hold() {
        int count = holders.get();
        while (count > 0) {
            if (holders.compareAndSet(count, count + 1)) {
                return true;
            }
            count = holders.get();
        }
        return false;
    }

    void release() {
        holders.decrementAndGet();
    }

    /** @return whether nobody reads it and it is no part of the log */
    boolean free() {
        return holders.get() == 0;
    }

    void close() throws IOException {
        file.close();
    }
}
