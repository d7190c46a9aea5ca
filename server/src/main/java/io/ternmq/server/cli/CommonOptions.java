package io.ternmq.server.cli;

import picocli.CommandLine.Option;

/** Options of every command. */
@SuppressWarnings("unused") // the command line asks for two of them itself
final class CommonOptions {

    @Option(names = "--json", description = "print JSON instead of text for people")
    private boolean json;

    @Option(names = "--verbose", description = "print the stack trace of an error too")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this")
    private boolean help;

    boolean json() {
        return json;
    }
}
