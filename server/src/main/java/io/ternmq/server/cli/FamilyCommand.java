package io.ternmq.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command that only has commands of its own: {@code topic}, {@code group}, {@code log}. */
@Command(synopsisSubcommandLabel = "COMMAND")
final class FamilyCommand {

    @SuppressWarnings("unused") // asked for by the command line itself
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this")
    private boolean help;
}
