package io.ternmq.log.index;

import io.ternmq.log.storage.StorageFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Reads entries of a run, a page at a time. For one thread. */
final class KeyRunCursor {
    /** A page of about 4 KiB. */
    static final int LOOKUP_PAGE_ENTRY_COUNT = 170;

    private final StorageFile file;
    private final long count;
    private final ByteBuffer page;
    private final int pageEntryCount;
    private final CRC32C crc = new CRC32C();
    private long pageNo = -1;
    private int index;

    KeyRunCursor(StorageFile file, long count, int pageEntryCount) {
        this.file = file;
        this.count = count;
        this.pageEntryCount = pageEntryCount;
        this.page = ByteBuffer.allocate(pageEntryCount * KeyRunLayout.ENTRY_BYTES);
    }

    /** Goes to entry {@code i}, which exists. */
    void moveTo(long i) throws IOException {
        long wantedPageNo = i / pageEntryCount;
        if (wantedPageNo != pageNo) {
            load(wantedPageNo);
        }
        index = (int) (i % pageEntryCount) * KeyRunLayout.ENTRY_BYTES;
    }

    private void load(long wantedPageNo) throws IOException {
        long first = wantedPageNo * pageEntryCount;
        int wantedCount = (int) Math.min(pageEntryCount, count - first);
        page.clear().limit(wantedCount * KeyRunLayout.ENTRY_BYTES);
        int readBytes = file.read(page, KeyRunLayout.HEADER_BYTES + first * KeyRunLayout.ENTRY_BYTES);
        if (readBytes < page.limit()) {
            throw new EOFException("run of keys: " + readBytes + " bytes (expected: " + page.limit() + ")");
        }
        pageNo = wantedPageNo;
        crc.update(page.flip());
    }

    /** @return the CRC-32C of all pages in the order in which they were read; of the entries, when each was read once */
    int crcOfPages() {
        return (int) crc.getValue();
    }

    long hash() {
        return page.getLong(index + KeyRunLayout.HASH);
    }

    long position() {
        return page.getLong(index + KeyRunLayout.POSITION);
    }

    long timeMs() {
        return page.getLong(index + KeyRunLayout.TIME);
    }

    /** @return the first entry that is behind all with this prefix up to this time; the count when none is */
    long firstBehind(long prefix, long timeMs) throws IOException {
        // Hashes are spread evenly, so it is near where its prefix says, and few pages have to be read.
        long guess = (long) ((double) prefix / (double) KeyRunLayout.PREFIX_END * (double) count);
        long margin = (long) Math.sqrt((double) count) + 1;
        long low = guess - margin;
        long high = guess + margin;
        low = low > 0 && !isBehind(low, prefix, timeMs) ? low + 1 : 0;
        high = high < count && high >= low && isBehind(high, prefix, timeMs) ? high : count;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (isBehind(middle, prefix, timeMs)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private boolean isBehind(long i, long prefix, long timeMs) throws IOException {
        moveTo(Math.min(i, count - 1));
        long found = KeyRunLayout.prefix(hash());
        return found > prefix || (found == prefix && timeMs() > timeMs);
    }
}
