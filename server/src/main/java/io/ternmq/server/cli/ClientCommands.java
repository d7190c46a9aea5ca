package io.ternmq.server.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs the commands that are not the server. */
final class ClientCommands {

    private final CommandContext context;

    ClientCommands(CommandContext context) {
        this.context = context;
    }

    int run(List<String> arguments) {
        CommandLine line = new CommandTree(context).commandLine(arguments);
        line.setOut(context.console().out())
                .setErr(context.console().err())
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(this::misunderstood)
                .setExecutionExceptionHandler(this::failed);
        int status = line.execute(arguments.toArray(String[]::new));
        context.console().out().flush();
        context.console().err().flush();
        return status;
    }

    /** One line that names the mistake, one that shows the way. */
    private int misunderstood(ParameterException mistake, String[] arguments) {
        CommandLine line = mistake.getCommandLine();
        if (line.getCommandSpec().userObject() instanceof TernCommand && arguments.length == 0) {
            line.usage(context.console().err());
            return ExitStatus.USAGE;
        }
        String command = line.getCommandSpec().qualifiedName();
        context.console().err().println(command + ": " + mistake.getMessage());
        context.console().err().println("Try '" + command + " --help'.");
        return ExitStatus.USAGE;
    }

    private int failed(Exception error, CommandLine line, ParseResult parsed) {
        String command = line.getCommandSpec().qualifiedName();
        String message = error.getMessage();
        context.console()
                .err()
                .println(command + ": " + (message == null ? error.getClass().getSimpleName() : message));
        if (line.getParseResult().hasMatchedOption("--verbose")) {
            error.printStackTrace(context.console().err());
        }
        return error instanceof UsageException ? ExitStatus.USAGE : ExitStatus.FAILED;
    }
}
