package io.ternmq.server.cli;

import io.ternmq.server.SettingException;
import java.util.List;

/** {@code tern server}: runs until the process is told to end. */
final class ServerCommand {

    private final Console console;

    ServerCommand(Console console) {
        this.console = console;
    }

    int run(List<String> arguments) {
        try {
            ServerArguments parsed = ServerArguments.parse(arguments);
            if (parsed.help()) {
                console.out().println(ServerHelp.text());
                console.out().flush();
                return ExitStatus.OK;
            }
            return ExitStatus.OK;
        } catch (UsageException | SettingException wrong) {
            console.err().println("tern server: " + wrong.getMessage());
            console.err().println("Try 'tern server --help'.");
            return ExitStatus.USAGE;
        }
    }
}
