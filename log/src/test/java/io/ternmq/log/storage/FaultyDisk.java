package io.ternmq.log.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that fails as disks do, all from one seed: a power cut loses or tears what was not forced and forgets
 * names that were not; forces and writes fail when told; it has a size. For one thread at a time.
 */
public final class FaultyDisk {
    private sealed interface NameChange {
        record Put(String path, FaultyFile file) implements NameChange {}

        record Removed(String path) implements NameChange {}

        record Renamed(String from, String to) implements NameChange {}
    }

    private final Random random;
    private final NavigableMap<String, FaultyFile> names = new TreeMap<>();
    private NavigableMap<String, FaultyFile> storedNames = new TreeMap<>();
    private final List<NameChange> unforcedChanges = new ArrayList<>();
    private final Set<String> locks = new HashSet<>();
    private long capacityBytes = Long.MAX_VALUE / 2;
    private int writesUntilFailure = -1;
    private int forcesUntilFailure = -1;
    private int failingDeletes;
    private int life;

    /** @param seed everything that happens by chance follows from it */
    public FaultyDisk(long seed) {
        this.random = new Random(seed);
    }

    /** @return the disk's root folder, as a process sees it that starts now; dead after the next crash or kill */
    public LogDirectory root() {
        return new FaultyDirectory(this, "", life);
    }

    /** The process dies; what it wrote is in the page cache. */
    public void kill() {
        life++;
        locks.clear();
        writesUntilFailure = -1;
        forcesUntilFailure = -1;
        failingDeletes = 0;
    }

    /** The power goes. */
    public void crash() {
        kill();
        NavigableMap<String, FaultyFile> survived = new TreeMap<>(storedNames);
        int count = random.nextInt(unforcedChanges.size() + 1);
        unforcedChanges.subList(0, count).forEach(change -> apply(change, survived));
        names.clear();
        names.putAll(survived);
        storedNames = survived;
        unforcedChanges.clear();
        names.values().forEach(file -> file.crash(random));
    }

    /** @param bytes how much the disk holds in all */
    public void capacity(long bytes) {
        capacityBytes = bytes;
    }

    /** @return bytes of all files */
    public long usedBytes() {
        return names.values().stream().mapToLong(FaultyFile::size).sum();
    }

    /** The write after {@code count} more writes only part of its bytes, and fails. */
    public void failWriteAfter(int count) {
        writesUntilFailure = count;
    }

    /** The force after {@code count} more fails, and some pages are lost without ever looking dirty again. */
    public void failForceAfter(int count) {
        forcesUntilFailure = count;
    }

    /** @return whether {@link #failWriteAfter} or {@link #failForceAfter} waits for its moment */
    public boolean failureIsDue() {
        return writesUntilFailure >= 0 || forcesUntilFailure >= 0;
    }

    /** Flips a bit, in the cache and on the platter. */
    public void flipBit(String path, long at, int bit) {
        file(path).flipBit(at, bit);
    }

    /**
     * From now on reads of that part of a file fail, and of no other part; of none when {@code from} is {@code to}. What is
     * written there can be read again, as on a disk that has sectors to spare.
     */
    public void failReads(String path, long from, long to) {
        file(path).unreadable(from, to, Integer.MAX_VALUE);
    }

    /** The next {@code count} reads of that part of a file fail, and of no other part. */
    public void failReads(String path, long from, long to, int count) {
        file(path).unreadable(from, to, count);
    }

    /** The next {@code count} files that are to be deleted are not. */
    public void failDeletes(int count) {
        failingDeletes = count;
    }

    /** Cuts a file behind the process's back. */
    public void truncate(String path, long size) {
        FaultyFile file = file(path);
        file.truncate(size);
        file.force();
    }

    /** Deletes a file behind the process's back. */
    public void lose(String path) {
        names.remove(path);
        storedNames.remove(path);
    }

    /** @return paths of all files, sorted */
    public List<String> paths() {
        return List.copyOf(names.keySet());
    }

    /** @return size of a file */
    public long size(String path) {
        return file(path).size();
    }

    private FaultyFile file(String path) {
        FaultyFile file = names.get(path);
        if (file == null) {
            throw new IllegalArgumentException("path: " + path + " (expected: one of " + names.keySet() + ")");
        }
        return file;
    }

    // ---- for the folder and its files

    int life() {
        return life;
    }

    Random random() {
        return random;
    }

    Map<String, FaultyFile> names() {
        return names;
    }

    @Nullable
    FaultyFile find(String path) {
        return names.get(path);
    }

    FaultyFile create(String path) {
        FaultyFile file = new FaultyFile();
        change(new NameChange.Put(path, file));
        return file;
    }

    void delete(String path) {
        if (names.containsKey(path)) {
            change(new NameChange.Removed(path));
        }
    }

    void rename(String from, String to) {
        change(new NameChange.Renamed(from, to));
    }

    private void change(NameChange change) {
        apply(change, names);
        unforcedChanges.add(change);
    }

    private static void apply(NameChange change, NavigableMap<String, FaultyFile> to) {
        if (change instanceof NameChange.Put put) {
            to.put(put.path(), put.file());
        } else if (change instanceof NameChange.Removed removed) {
            to.remove(removed.path());
        } else if (change instanceof NameChange.Renamed renamed) {
            FaultyFile file = to.remove(renamed.from());
            if (file != null) {
                to.put(renamed.to(), file);
            }
        }
    }

    /** Names of all folders become durable; a test that wants to lose only one folder's is too clever. */
    void forceNames() {
        storedNames = new TreeMap<>(names);
        unforcedChanges.clear();
    }

    boolean lock(String path) {
        return locks.add(path);
    }

    void unlock(String path) {
        locks.remove(path);
    }

    long usableBytes() {
        return Math.max(0, capacityBytes - usedBytes());
    }

    boolean nextWriteFails() {
        return writesUntilFailure >= 0 && writesUntilFailure-- == 0;
    }

    boolean nextForceFails() {
        return forcesUntilFailure >= 0 && forcesUntilFailure-- == 0;
    }

    boolean nextDeleteFails() {
        return failingDeletes > 0 && failingDeletes-- > 0;
    }

    void requireAlive(int ownLife) throws IOException {
        if (ownLife != life) {
            throw new IOException("this process is dead");
        }
    }
}
