package io.ternmq.log.index;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.OpenMode;
import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** An open run file. Any thread may read it between {@link #tryUse} and {@link #release}. */
final class KeyRun {
    private final LogDirectory directory;
    private final StorageFile file;
    private final KeyRunSpan span;
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile boolean deleteAtEnd;
    private volatile boolean damaged;

    private KeyRun(LogDirectory directory, StorageFile file, KeyRunSpan span) {
        this.directory = directory;
        this.file = file;
        this.span = span;
    }

    /** @throws IndexDamagedException when it is no whole run; its entries are not read */
    static KeyRun open(LogDirectory directory, String name) throws IOException {
        StorageFile file = directory.open(name, OpenMode.READ);
        try {
            ByteBuffer header = ByteBuffer.allocate(KeyRunLayout.HEADER_BYTES);
            file.read(header, 0);
            KeyRunSpan span = KeyRunSpan.fromHeader(header.flip());
            long expectedBytes = KeyRunLayout.HEADER_BYTES + span.count() * KeyRunLayout.ENTRY_BYTES;
            if (file.size() != expectedBytes || !span.fileName().equals(name)) {
                throw new IndexDamagedException(name + ": " + file.size() + " bytes of " + span.fileName()
                        + " (expected: " + expectedBytes + ")");
            }
            return new KeyRun(directory, file, span);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    KeyRunSpan span() {
        return span;
    }

    /** Its entries are not what was written. It stays in use as it is: what a lookup finds is checked by the caller. */
    void markDamaged() {
        damaged = true;
    }

    boolean isMergeable(int level, long endPosition) {
        return !damaged && span.level() == level && span.lastPosition() < endPosition;
    }

    /** @return a reader of its entries, for the time of its use */
    KeyRunCursor cursor(int pageEntryCount) {
        return new KeyRunCursor(file, span.count(), pageEntryCount);
    }

    /** @return false when the run is gone; then there is a newer view without it */
    boolean tryUse() {
        int known = users.get();
        while (known > 0) {
            if (users.compareAndSet(known, known + 1)) {
                return true;
            }
            known = users.get();
        }
        return false;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            try {
                file.close();
                if (deleteAtEnd) {
                    directory.delete(span.fileName());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(span.fileName(), e);
            }
        }
    }

    /** Nobody finds it any more; its file is deleted once the last reader has finished. */
    void retire() {
        deleteAtEnd = true;
        release();
    }

    void find(KeyQuery query) throws IOException {
        if (query.toTimeMs() < span.minTimeMs() || query.fromTimeMs() > span.maxTimeMs()) {
            return;
        }
        KeyRunCursor cursor = cursor(KeyRunCursor.LOOKUP_PAGE_ENTRY_COUNT);
        long prefix = KeyRunLayout.prefix(query.keyHash());
        for (long i = cursor.firstBehind(prefix, query.toTimeMs()) - 1; i >= 0 && !query.isFull(); i--) {
            cursor.moveTo(i);
            if (KeyRunLayout.prefix(cursor.hash()) != prefix || cursor.timeMs() < query.fromTimeMs()) {
                return;
            }
            query.offer(cursor.hash(), cursor.position(), cursor.timeMs());
        }
    }

    /** Looks for those of which nothing was found in what is newer. */
    void findNewest(KeyBatch batch, LogBounds bounds) throws IOException {
        KeyRunCursor cursor = cursor(KeyRunCursor.LOOKUP_PAGE_ENTRY_COUNT);
        for (int i = 0; i < batch.count(); i++) {
            if (batch.newest(batch.hash(i)) == KeyBatch.NONE) {
                findNewest(batch.hash(i), batch, cursor, bounds);
            }
        }
    }

    private static void findNewest(long hash, KeyBatch batch, KeyRunCursor cursor, LogBounds bounds)
            throws IOException {
        long prefix = KeyRunLayout.prefix(hash);
        for (long i = cursor.firstBehind(prefix, Long.MAX_VALUE) - 1; i >= 0; i--) {
            cursor.moveTo(i);
            boolean isOlder =
                    KeyRunLayout.prefix(cursor.hash()) != prefix || cursor.position() < bounds.startPosition();
            if (isOlder) {
                return;
            }
            if (cursor.hash() == hash && cursor.position() < bounds.committedPosition()) {
                batch.offer(hash, cursor.position());
                return;
            }
        }
    }
}
