package io.ternmq.log;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.OpenMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checkpoints in the shard's folder. Two are kept. Any thread. */
final class Checkpoints {
    static final int KEPT = 2;

    private static final String PREFIX = "checkpoint-";
    private static final String TEMPORARY = "checkpoint.tmp";
    private static final int NAME_DIGITS = 20;

    private final LogDirectory directory;
    /** Verified ones, newest first. */
    private List<CheckpointSummary> kept = List.of();

    Checkpoints(LogDirectory directory) {
        this.directory = directory;
    }

    /** @return the verified ones, newest first; at most two */
    synchronized List<CheckpointSummary> kept() {
        return kept;
    }

    /** @return up to where the newest knows the log; 0 without any */
    synchronized long newestPosition() {
        return kept.isEmpty() ? 0 : kept.get(0).position();
    }

    /** @return where replay from the newest begins; 0 without any */
    synchronized long newestReplayPosition() {
        return kept.isEmpty() ? 0 : kept.get(0).replay().position();
    }

    /**
     * Reads all there are and keeps those that are good.
     *
     * @return how many are not
     */
    int verifyAll() throws IOException {
        directory.delete(TEMPORARY);
        List<CheckpointSummary> good = new ArrayList<>();
        int refused = 0;
        for (String name : directory.list()) {
            if (name.startsWith(PREFIX)) {
                CheckpointSummary summary = verify(name);
                if (summary == null) {
                    refused++;
                } else {
                    good.add(summary);
                }
            }
        }
        good.sort(Comparator.comparingLong(CheckpointSummary::position).reversed());
        synchronized (this) {
            kept = List.copyOf(good.subList(0, Math.min(KEPT, good.size())));
        }
        return refused;
    }

    /** @return null when it is not good; one that cannot be read is not */
    private @Nullable CheckpointSummary verify(String name) {
        try {
            return read(name, (owner, number, stamp, in) -> {});
        } catch (IOException e) {
            return null;
        }
    }

    @Nullable
    CheckpointSummary read(String name, CheckpointInput.SliceSink sink) throws IOException {
        try (CheckpointInput input = new CheckpointInput(name, directory.open(name, OpenMode.READ))) {
            return input.read(sink);
        }
    }

    CheckpointOutput create() throws IOException {
        return new CheckpointOutput(directory.open(TEMPORARY, OpenMode.CREATE));
    }

    void discard() throws IOException {
        directory.delete(TEMPORARY);
    }

    /** Gives the written and forced file its name, reads it again, and deletes what is no longer kept. */
    CheckpointSummary keep(long position) throws IOException {
        String digits = Long.toString(position);
        String name = PREFIX + "0".repeat(NAME_DIGITS - digits.length()) + digits;
        directory.rename(TEMPORARY, name);
        directory.force();
        CheckpointSummary summary = read(name, (owner, number, stamp, in) -> {});
        if (summary == null) {
            throw new IOException(name + " was written but does not read back");
        }
        List<CheckpointSummary> now = new ArrayList<>();
        now.add(summary);
        for (CheckpointSummary older : kept()) {
            if (!older.name().equals(name) && now.size() < KEPT) {
                now.add(older);
            }
        }
        synchronized (this) {
            kept = List.copyOf(now);
        }
        deleteOthers(now);
        return summary;
    }

    private void deleteOthers(List<CheckpointSummary> now) throws IOException {
        for (String name : directory.list()) {
            if (name.startsWith(PREFIX)
                    && now.stream().noneMatch(known -> known.name().equals(name))) {
                directory.delete(name);
            }
        }
    }
}
