package io.ternmq.log.storage;

/** What may be done with an opened file. */
public enum OpenMode {
    /** The file exists and is only read. */
    READ,
    /** The file exists; it is read and written. */
    WRITE,
    /** The file is made, or emptied when there is one; it is read and written. */
    CREATE
}
