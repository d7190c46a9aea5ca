package io.ternmq.server.cli;

/** What a command leaves behind for scripts. */
final class ExitStatus {
    /** Done. */
    static final int OK = 0;
    /** Understood, but it failed. */
    static final int FAILED = 1;
    /** Not understood: an unknown command or option, or a value that cannot be. */
    static final int USAGE = 2;

    private ExitStatus() {}
}
