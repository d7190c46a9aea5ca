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
    private final int keyRunEntries;
    private QueueIndex queues;
    private KeyIndex keys;

    Indexes(LogDirectory directory, LogBounds bounds, int keyRunEntries) throws IOException {
        this.directory = directory;
        this.bounds = bounds;
        this.keyRunEntries = keyRunEntries;
        this.queues = QueueIndex.open(directory, bounds);
        this.keys = KeyIndex.open(directory, keyRunEntries, bounds);
    }

    QueueIndex queues() {
        return queues;
    }

    KeyIndex keys() {
        return keys;
    }

    /** Drops what there is and begins with empty indexes. */
    void createEmpty() throws IOException {
        close();
        queues = QueueIndex.createEmpty(directory, bounds);
        keys = KeyIndex.createEmpty(directory, keyRunEntries, bounds);
    }

    /** Everything that the log retains has been replayed. */
    void recovered() {
        queues.recovered();
        keys.recovered();
    }

    /** Returns once the files hold what they held when it was called. Maintenance thread. */
    void forceFiles() throws IOException {
        queues.forceFiles();
        keys.forceFiles();
    }

    @Override
    public void close() throws IOException {
        queues.close();
        keys.close();
    }
}
