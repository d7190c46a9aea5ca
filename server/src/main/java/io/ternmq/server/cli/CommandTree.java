package io.ternmq.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * All commands but the server. Only the one that is asked for is made, as reading the annotations of all is slow; a word
 * that is none of them brings all, so that help and errors can name them.
 */
final class CommandTree {

    private static final String SERVER_DOC = "Runs the message queue in this process.";

    private final CommandContext context;

    CommandTree(CommandContext context) {
        this.context = context;
    }

    CommandLine commandLine(List<String> arguments) {
        var line = new CommandLine(new TernCommand());
        Map<String, Supplier<CommandLine>> commands = commands(arguments);
        if (!isOneOf(commands, arguments, 0)) {
            line.addSubcommand(
                    "server", CommandSpec.create().usageMessage(new UsageMessageSpec().description(SERVER_DOC)));
        }
        addWanted(line, commands, arguments, 0);
        return line;
    }

    private Map<String, Supplier<CommandLine>> commands(List<String> arguments) {
        Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
        commands.put("pub", () -> new CommandLine(new PubCommand(context)));
        commands.put("sub", () -> new CommandLine(new SubCommand(context)));
        commands.put("list", () -> new CommandLine(new ListCommand(context)));
        commands.put(
                "topic", () -> family("Lists, creates, describes and deletes topics.", topicCommands(), arguments));
        commands.put("group", () -> family("Lists, describes and resets consumer groups.", groupCommands(), arguments));
        commands.put("dlq", () -> family("Lists, shows, redrives and purges dead letters.", dlqCommands(), arguments));
        commands.put("log", () -> family("Looks into a data folder.", logCommands(), arguments));
        commands.put("bench", () -> new CommandLine(new BenchCommand(context)));
        commands.put("version", () -> new CommandLine(new VersionCommand(context)));
        return commands;
    }

    private Map<String, Supplier<CommandLine>> topicCommands() {
        Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
        commands.put("list", () -> new CommandLine(new TopicListCommand(context)));
        commands.put("create", () -> new CommandLine(new TopicCreateCommand(context)));
        commands.put("describe", () -> new CommandLine(new TopicDescribeCommand(context)));
        commands.put("delete", () -> new CommandLine(new TopicDeleteCommand(context)));
        return commands;
    }

    private Map<String, Supplier<CommandLine>> groupCommands() {
        Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
        commands.put("list", () -> new CommandLine(new GroupListCommand(context)));
        commands.put("describe", () -> new CommandLine(new GroupDescribeCommand(context)));
        commands.put("reset", () -> new CommandLine(new GroupResetCommand(context)));
        return commands;
    }

    private Map<String, Supplier<CommandLine>> dlqCommands() {
        Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
        commands.put("list", () -> new CommandLine(new DlqListCommand(context)));
        commands.put("show", () -> new CommandLine(new DlqShowCommand(context)));
        commands.put("redrive", () -> new CommandLine(new DlqRedriveCommand(context)));
        commands.put("purge", () -> new CommandLine(new DlqPurgeCommand(context)));
        return commands;
    }

    private Map<String, Supplier<CommandLine>> logCommands() {
        return Map.of("dump", () -> new CommandLine(new LogDumpCommand(context)));
    }

    private static CommandLine family(String doc, Map<String, Supplier<CommandLine>> commands, List<String> arguments) {
        var line = new CommandLine(new FamilyCommand());
        line.getCommandSpec().usageMessage().description(doc);
        addWanted(line, commands, arguments, 1);
        return line;
    }

    private static void addWanted(
            CommandLine parent, Map<String, Supplier<CommandLine>> commands, List<String> arguments, int place) {
        boolean known = isOneOf(commands, arguments, place);
        commands.forEach((name, command) -> {
            if (!known || name.equals(arguments.get(place))) {
                parent.addSubcommand(name, command.get());
            }
        });
    }

    private static boolean isOneOf(Map<String, ?> commands, List<String> arguments, int place) {
        return arguments.size() > place && commands.containsKey(arguments.get(place));
    }
}
