package io.ternmq.broker;

import io.ternmq.log.storage.FaultyDisk;
import java.util.Random;

/**
 * What goes wrong with the disk of a shard's life, as its seed will have it: forces and writes that fail, writes that do half of
 * it, less room than the reserve, none at all, room again, and a bit that flips.
 */
final class DiskTroubles {
    private static final long PLENTY = Long.MAX_VALUE / 2;
    /** Progress that waits is noted within a second, once there is room; a round and a timer's tick may come on top. */
    private static final long NOTED_MS = 1_100;

    private final Random random;
    private final FaultyDisk disk;
    private final ShardFixture shard;
    private boolean isShort;
    private long shortSinceMs = Long.MAX_VALUE;
    private long roomSinceMs;

    DiskTroubles(Random random, FaultyDisk disk, ShardFixture shard) {
        this.random = random;
        this.disk = disk;
        this.shard = shard;
    }

    /** One of the next forces or writes fails. */
    void fail() {
        if (random.nextBoolean()) {
            disk.failForceAfter(random.nextInt(4));
        } else {
            disk.failWriteAfter(random.nextInt(6));
        }
    }

    /** Somebody else fills the disk, a little less than that, or makes room. */
    void changeRoom() {
        switch (random.nextInt(6)) {
            case 0 -> limit(0);
            case 1 -> limit(random.nextInt(64 * 1024));
            case 2 -> limit(random.nextInt(32 * 1024 * 1024));
            default -> makeRoom();
        }
    }

    private void limit(long leftBytes) {
        disk.capacity(disk.usedBytes() + leftBytes);
        if (!isShort) {
            isShort = true;
            shortSinceMs = Math.min(shortSinceMs, shard.clock.time());
        }
    }

    private void makeRoom() {
        disk.capacity(PLENTY);
        if (isShort) {
            isShort = false;
            roomSinceMs = shard.clock.time();
        }
    }

    /** A power cut, a kill or a clean stop, and another start on a disk that is well. */
    void endLife() {
        switch (random.nextInt(3)) {
            case 0 -> disk.crash();
            case 1 -> disk.kill();
            default -> shard.stop(disk);
        }
        end();
        shard.reopenAfterCrash();
        shard.work();
    }

    /** Whatever was wrong is over, but for what has come of it. */
    void end() {
        disk.failForceAfter(-1);
        disk.failWriteAfter(-1);
        makeRoom();
    }

    /** Whether somebody has filled the disk, more or less. */
    boolean isShort() {
        return isShort;
    }

    /** @return by when at the latest everything that was gathered is in the log, as of now */
    long notedMs() {
        long nowMs = shard.clock.time();
        if (!isShort && nowMs - roomSinceMs > 2 * NOTED_MS) {
            shortSinceMs = Long.MAX_VALUE;
        }
        return Math.min(nowMs, shortSinceMs) - NOTED_MS;
    }

    /** A bit of a message that was stored flips: nobody can read it any more. The shard is down, and was not killed by a power cut. */
    void flip(ShardFixture.Sent sent) {
        long position = sent.message(0).position();
        String path = disk.paths().stream()
                .filter(name -> name.startsWith("log/") && name.endsWith(".log"))
                .filter(name -> begin(name) <= position)
                .max(String::compareTo)
                .orElse("");
        if (path.isEmpty()) {
            return; // retention was there before
        }
        long at = position - begin(path) + random.nextInt(sent.message(0).length());
        disk.flipBit(path, at, random.nextInt(8));
    }

    private static long begin(String path) {
        return Long.parseLong(path.substring("log/".length(), path.length() - ".log".length()));
    }
}
