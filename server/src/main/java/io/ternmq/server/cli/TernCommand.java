package io.ternmq.server.cli;

import picocli.CommandLine.Command;

/** What {@code tern} is without a command: a list of them. */
@Command(
        name = "tern",
        mixinStandardHelpOptions = false,
        description = "TernMQ: a lightweight message queue that RocketMQ clients use unchanged.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "'tern COMMAND --help' shows the options of a command and examples."})
final class TernCommand {

    @SuppressWarnings("unused") // asked for by the command line itself
    @picocli.CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this")
    private boolean help;
}
