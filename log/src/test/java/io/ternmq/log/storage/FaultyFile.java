package io.ternmq.log.storage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** What a file holds in the page cache and on the platter, page by page. A page that was never written is no object. */
final class FaultyFile {
    static final int PAGE_BYTES = 4096;
    private static final int SECTOR_BYTES = 512;
    private static final byte[] ZEROS = new byte[PAGE_BYTES];
    private static final ByteBuffer ZERO_BUFFER = ByteBuffer.wrap(ZEROS);

    /** A page of the cache: a part of an array, since a mapping needs many pages in one. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Page(byte[] array, int at) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Mapping(long at, byte[] array) {}

    private final List<@Nullable Page> cached = new ArrayList<>();
    private final List<byte @Nullable []> stored = new ArrayList<>();
    private final BitSet dirty = new BitSet();
    private final List<Mapping> mappings = new ArrayList<>();
    private long size;
    private long storedSize;
    private long unreadableFrom;
    private long unreadableTo;
    private int failingReads;

    long size() {
        return size;
    }

    void unreadable(long from, long to, int count) {
        unreadableFrom = from;
        unreadableTo = to;
        failingReads = count;
    }

    boolean nextReadFails(long at, int bytes) {
        return at < unreadableTo && at + bytes > unreadableFrom && failingReads > 0 && failingReads-- > 0;
    }

    /** What is written lies on sectors that are good. */
    private void written(long from, long to) {
        if (from <= unreadableFrom) {
            unreadableFrom = Math.max(unreadableFrom, Math.min(to, unreadableTo));
        } else if (to >= unreadableTo) {
            unreadableTo = Math.min(unreadableTo, from);
        }
    }

    int read(ByteBuffer dst, long at) {
        int count = (int) Math.max(0, Math.min(dst.remaining(), size - at));
        int left = count;
        long from = at;
        while (left > 0) {
            int inPage = (int) (from % PAGE_BYTES);
            int bytes = Math.min(left, PAGE_BYTES - inPage);
            Page page = page((int) (from / PAGE_BYTES));
            if (page == null) {
                dst.put(ZEROS, 0, bytes);
            } else {
                dst.put(page.array(), page.at() + inPage, bytes);
            }
            from += bytes;
            left -= bytes;
        }
        return count;
    }

    void write(ByteBuffer src, int count, long at) {
        written(at, at + count);
        int left = count;
        long to = at;
        while (left > 0) {
            int inPage = (int) (to % PAGE_BYTES);
            int length = Math.min(left, PAGE_BYTES - inPage);
            writeToPage((int) (to / PAGE_BYTES), inPage, src, length);
            to += length;
            left -= length;
        }
        size = Math.max(size, at + count);
    }

    private void writeToPage(int number, int inPage, ByteBuffer src, int length) {
        Page page = page(number);
        if (page == null) {
            if (src.slice(src.position(), length).mismatch(ZERO_BUFFER.slice(0, length)) < 0) {
                src.position(src.position() + length);
                return;
            }
            page = new Page(new byte[PAGE_BYTES], 0);
            set(cached, number, page);
        }
        src.get(page.array(), page.at() + inPage, length);
        dirty.set(number);
    }

    private @Nullable Page page(int number) {
        return number < cached.size() ? cached.get(number) : null;
    }

    private byte @Nullable [] storedPage(int number) {
        return number < stored.size() ? stored.get(number) : null;
    }

    private static <T> void set(List<@Nullable T> list, int index, @Nullable T value) {
        while (list.size() <= index) {
            list.add(null);
        }
        list.set(index, value);
    }

    void truncate(long newSize) {
        if (newSize >= size) {
            return;
        }
        int firstGone = (int) ((newSize + PAGE_BYTES - 1) / PAGE_BYTES);
        for (int number = firstGone; number < cached.size(); number++) {
            clear(number, 0);
        }
        if (newSize % PAGE_BYTES != 0) {
            clear((int) (newSize / PAGE_BYTES), (int) (newSize % PAGE_BYTES));
        }
        size = newSize;
    }

    private void clear(int number, int from) {
        Page page = page(number);
        if (page != null) {
            Arrays.fill(page.array(), page.at() + from, page.at() + PAGE_BYTES, (byte) 0);
            dirty.set(number);
        }
    }

    UnsafeBuffer map(long at, int length) {
        size = Math.max(size, at + length);
        for (Mapping mapping : mappings) {
            if (mapping.at() == at && mapping.array().length == length) {
                return new UnsafeBuffer(mapping.array());
            }
        }
        byte[] array = new byte[length];
        int first = (int) (at / PAGE_BYTES);
        for (int i = 0; i * PAGE_BYTES < length; i++) {
            Page page = page(first + i);
            if (page != null) {
                System.arraycopy(page.array(), page.at(), array, i * PAGE_BYTES, PAGE_BYTES);
            }
            set(cached, first + i, new Page(array, i * PAGE_BYTES));
        }
        mappings.add(new Mapping(at, array));
        return new UnsafeBuffer(array);
    }

    /** Pages that the platter does not know: written ones, and those that were changed through a mapping. */
    private BitSet unforced() {
        BitSet pages = (BitSet) dirty.clone();
        for (Mapping mapping : mappings) {
            int first = (int) (mapping.at() / PAGE_BYTES);
            for (int i = 0; i * PAGE_BYTES < mapping.array().length; i++) {
                if (!equalsStored(mapping.array(), i * PAGE_BYTES, first + i)) {
                    pages.set(first + i);
                }
            }
        }
        return pages;
    }

    private boolean equalsStored(byte[] array, int at, int number) {
        byte[] page = storedPage(number);
        byte[] known = page == null ? ZEROS : page;
        return Arrays.equals(array, at, at + PAGE_BYTES, known, 0, PAGE_BYTES);
    }

    void force() {
        unforced().stream().forEach(this::store);
        dirty.clear();
        storedSize = size;
    }

    /** Some pages reach the platter; the others look clean afterwards, and no later force writes them. */
    void forceBadly(Random random) {
        unforced().stream().filter(number -> random.nextBoolean()).forEach(this::store);
        dirty.clear();
    }

    private void store(int number) {
        Page page = page(number);
        if (page != null) {
            set(stored, number, Arrays.copyOfRange(page.array(), page.at(), page.at() + PAGE_BYTES));
        }
    }

    /** The power goes: of each page that was not forced the platter has the old, the new, or some sectors of each. */
    void crash(Random random) {
        unforced().stream().forEach(number -> {
            Page page = page(number);
            if (page != null) {
                tear(number, page, random);
            }
        });
        long newSize = random.nextBoolean() ? size : storedSize;
        boolean shrinks = newSize < size;
        for (int number = 0; number < cached.size(); number++) {
            reload(number);
        }
        dirty.clear();
        if (shrinks) {
            truncate(newSize);
        }
        size = newSize;
        force();
    }

    private void tear(int number, Page page, Random random) {
        int choice = random.nextInt(3);
        if (choice == 0) {
            return;
        }
        byte[] known = storedPage(number);
        byte[] torn = known == null ? new byte[PAGE_BYTES] : known.clone();
        for (int at = 0; at < PAGE_BYTES; at += SECTOR_BYTES) {
            if (choice == 1 || random.nextBoolean()) {
                System.arraycopy(page.array(), page.at() + at, torn, at, SECTOR_BYTES);
            }
        }
        set(stored, number, torn);
    }

    private void reload(int number) {
        Page page = page(number);
        if (page != null) {
            byte[] known = storedPage(number);
            System.arraycopy(known == null ? ZEROS : known, 0, page.array(), page.at(), PAGE_BYTES);
        }
    }

    /** Flips a bit in the cache and on the platter. */
    void flipBit(long at, int bit) {
        ByteBuffer one = ByteBuffer.allocate(1);
        read(one, at);
        one.put(0, (byte) (one.get(0) ^ (1 << bit))).rewind();
        write(one, 1, at);
        store((int) (at / PAGE_BYTES));
    }
}
