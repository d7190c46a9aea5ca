package io.ternmq.server;

/** When a send is acknowledged. */
public enum FlushMode {
    /** Once the disk has it. */
    SYNC,
    /** Once the operating system has it; a power cut may cost what was not forced yet. */
    ASYNC
}
