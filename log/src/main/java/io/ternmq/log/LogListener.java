package io.ternmq.log;

/** Is told what operators want to know. Called from any of the engine's threads; must return at once and throw nothing. */
public interface LogListener {
    /** Hears nothing. */
    LogListener SILENT = new LogListener() {};

    /** A part of the log does not pass its checks. Told once for each place while the log is open. */
    default void damaged(long position, long bytes, String reason) {}

    /** Recovery cut bytes that nobody was told are durable. */
    default void tornTailCut(long position, long bytes) {}

    /** A checkpoint was written and verified. */
    default void checkpointKept(long position, long bytes) {}

    /** A checkpoint could not be written; the older ones are kept and the next one is tried later. */
    default void checkpointFailed(Throwable cause) {}

    /** A segment was deleted by retention. */
    default void segmentDeleted(String name) {}

    /** A segment that retention has given up could not be deleted, or its zeros not be cut; tried again later. Told once a segment. */
    default void segmentNotDeleted(String name, Throwable cause) {}

    /** The disk's reserve was reached ({@code full}) or there is room again. */
    default void diskFull(boolean full) {}

    /** A write or force failed, or an invariant broke: the log writes nothing more and must be opened anew. */
    default void failed(Throwable cause) {}
}
