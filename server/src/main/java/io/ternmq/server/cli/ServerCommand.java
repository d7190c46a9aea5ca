package io.ternmq.server.cli;

import io.ternmq.broker.access.CannotListenException;
import io.ternmq.log.LogRefusedException;
import io.ternmq.server.SettingException;
import io.ternmq.server.TernServer;
import java.io.IOException;
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
            return serve(parsed);
        } catch (UsageException | SettingException wrong) {
            console.err().println("tern server: " + wrong.getMessage());
            console.err().println("Try 'tern server --help'.");
            return ExitStatus.USAGE;
        } catch (CannotListenException taken) {
            console.err()
                    .println("tern server: " + taken.getMessage()
                            + " (expected: a free port; --port, --set broker.port=… or grpc.port=… chooses another)");
            return ExitStatus.FAILED;
        } catch (IOException | LogRefusedException unusable) {
            console.err().println("tern server: data folder: " + unusable.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private int serve(ServerArguments parsed) throws IOException {
        try (var signal = new StopSignal();
                TernServer server = TernServer.start(parsed.settings())) {
            var readiness = new Readiness(server);
            console.out().println(parsed.json() ? readiness.json() : readiness.text());
            console.out().flush();
            signal.await();
            console.err().println("tern server: stopping");
        } catch (InterruptedException toldToEnd) {
            Thread.currentThread().interrupt();
        }
        return ExitStatus.OK;
    }
}
