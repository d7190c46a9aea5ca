package io.ternmq.log;

import io.ternmq.log.index.KeyIndex;
import io.ternmq.log.index.LogBounds;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.log.storage.LogDirectory;
import java.io.IOException;

/** The two indexes that follow from the log. They are made anew while the log is opened when their files are of no use. */
final class Indexes implements AutoCloseable {
    private final LogDirectory directory;
    private final LogBounds bounds;
    private final KeyIndex keys;
    private QueueIndex queues;

    Indexes(LogDirectory directory, LogBounds bounds, int keyRunEntries) throws IOException {
        this.directory = directory;
        this.bounds = bounds;
        this.queues = QueueIndex.open(directory, bounds);
        this.keys = KeyIndex.open(directory, bounds, keyRunEntries);
    }

    QueueIndex queues() {
        return queues;
    }

    KeyIndex keys() {
        return keys;
    }

    /** Drops what there is and begins with empty indexes. */
    void createEmpty() throws IOException {
        queues.close();
        queues = QueueIndex.createEmpty(directory, bounds);
        keys.clear();
    }

    /** Everything that the log retains has been replayed. */
    void recovered() {
        queues.recovered();
    }

    /** Returns once the files hold what they held when it was called. Maintenance thread. */
    void forceFiles() throws IOException {
        keys.writeRuns();
        queues.forceFiles();
    }

    @Override
    public void close() {
        queues.close();
        keys.close();
    }
}
