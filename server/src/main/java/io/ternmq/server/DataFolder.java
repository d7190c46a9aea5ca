package io.ternmq.server;

import java.nio.file.Path;

/** What lies where in a data folder. */
public final class DataFolder {

    private static final String SHARD = "shard-0";

    private DataFolder() {}

    /**
     * The folder of the one shard there is today.
     *
     * @param dataDir the data folder
     * @return its sub-folder
     */
    public static Path shard(Path dataDir) {
        return dataDir.resolve(SHARD);
    }
}
