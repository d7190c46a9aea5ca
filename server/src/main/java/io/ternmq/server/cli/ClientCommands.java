package io.ternmq.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** All commands but the server. Only the one that is asked for is made: reading the annotations of all is slow. */
final class ClientCommands {

    private static final String SERVER_DOC = "Runs the message queue in this process.";

    private final Console console;

    private ClientCommands(Console console) {
        this.console = console;
    }

    static int run(List<String> arguments, Console console) {
        var commands = new ClientCommands(console);
        CommandLine line = commands.commandLine(arguments);
        int status = line.execute(arguments.toArray(String[]::new));
        console.out().flush();
        return status;
    }

    private CommandLine commandLine(List<String> arguments) {
        var line = new CommandLine(new TernCommand());
        String wanted = arguments.isEmpty() ? "" : arguments.get(0);
        Map<String, Supplier<Object>> top = topCommands();
        if (top.containsKey(wanted)) {
            line.addSubcommand(top.get(wanted).get());
        } else {
            line.addSubcommand("server", CommandSpec.create().usageMessage(serverUsage()));
            top.values().forEach(command -> line.addSubcommand(command.get()));
        }
        return line.setOut(console.out())
                .setErr(console.err())
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(usageErrors())
                .setExecutionExceptionHandler(this::failed);
    }

    private static picocli.CommandLine.Model.UsageMessageSpec serverUsage() {
        return new picocli.CommandLine.Model.UsageMessageSpec().description(SERVER_DOC);
    }

    private Map<String, Supplier<Object>> topCommands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("version", () -> new VersionCommand(console));
        return commands;
    }

    /** One line that names the mistake, one that shows the way. */
    private IParameterExceptionHandler usageErrors() {
        return (mistake, arguments) -> {
            String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
            console.err().println(command + ": " + mistake.getMessage());
            console.err().println("Try '" + command + " --help'.");
            return ExitStatus.USAGE;
        };
    }

    private int failed(Exception error, CommandLine line, ParseResult parsed) {
        String command = line.getCommandSpec().qualifiedName();
        String message = error.getMessage();
        console.err()
                .println(command + ": " + (message == null ? error.getClass().getSimpleName() : message));
        if (line.getParseResult().hasMatchedOption("--verbose")) {
            error.printStackTrace(console.err());
        }
        return error instanceof UsageException ? ExitStatus.USAGE : ExitStatus.FAILED;
    }
}
