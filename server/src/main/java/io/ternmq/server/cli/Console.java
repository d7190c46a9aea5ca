package io.ternmq.server.cli;

import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes. Tests give it their own.
 *
 * @param in       standard input
 * @param out      results; UTF-8, flushed by whoever writes
 * @param err      errors and progress
 * @param terminal whether a person is watching {@code err}
 */
record Console(InputStream in, PrintWriter out, PrintWriter err, boolean terminal) {

    /** Set by the script that starts us: Java 17 cannot tell whether standard error is a terminal. */
    private static final String TERMINAL_PROPERTY = "tern.terminal";

    /** The process's own. */
    static Console system() {
        var out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        var err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        return new Console(System.in, out, err, Boolean.getBoolean(TERMINAL_PROPERTY));
    }
}
