package io.ternmq.server.cli;

import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/** The program {@code tern}. */
public final class Main {

    private Main() {}

    /**
     * Runs one command and ends the process with its exit status.
     *
     * @param arguments name of the command, then its options
     */
    public static void main(String[] arguments) {
        int status = run(Arrays.asList(arguments), Console.system());
        System.exit(status);
    }

    /** Runs one command. The server is set apart: it must not pay for reading the other commands. */
    static int run(List<String> arguments, Console console) {
        if (!arguments.isEmpty() && arguments.get(0).equals("server")) {
            return new ServerCommand(console).run(arguments.subList(1, arguments.size()));
        }
        var context = new CommandContext(console, SystemEpochClock.INSTANCE, SystemNanoClock.INSTANCE);
        return new ClientCommands(context).run(arguments);
    }
}
