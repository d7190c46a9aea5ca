package io.ternmq.log.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** One folder. Safe for use by any of the engine's threads; never handed to a caller's thread, whose interrupt would close the files. */
public interface LogDirectory {
    /**
     * Opens a file of this folder.
     *
     * @throws java.nio.file.NoSuchFileException when it does not exist and the mode does not make it
     */
    StorageFile open(String name, OpenMode mode) throws IOException;

    /** @return the folder of that name in this one; made when it is missing */
    LogDirectory child(String name) throws IOException;

    /** @return the names of the files, sorted; folders are left out */
    List<String> list() throws IOException;

    /** Deletes a file; nothing happens when there is none. Open files stay readable until they are closed. */
    void delete(String name) throws IOException;

    /** Renames a file in one step, replacing what had the new name. */
    void rename(String from, String to) throws IOException;

    /** Makes the names in this folder durable: created, renamed and deleted files are what a power cut leaves. */
    void force() throws IOException;

    /** @return how many bytes may still be written on this disk */
    long usableBytes() throws IOException;

    /**
     * Takes the folder for this process.
     *
     * @return closing it gives the folder free
     * @throws DirectoryLockedException when another owner has it, naming its process id where known
     */
    Closeable lock(String name) throws IOException;
}
