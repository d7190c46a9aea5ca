package io.ternmq.server.cli;

import io.ternmq.broker.access.CannotListenException;
import io.ternmq.log.LogRefusedException;
import io.ternmq.log.RecoveryReport;
import io.ternmq.server.ServerSetting;
import io.ternmq.server.SettingException;
import io.ternmq.server.Settings;
import io.ternmq.server.TernServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

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
            return serve(parsed.settings());
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

    private int serve(Settings settings) throws IOException {
        try (var signal = new StopSignal();
                TernServer server = TernServer.start(settings)) {
            announce(server);
            signal.await();
            console.err().println("tern server: stopping");
        } catch (InterruptedException toldToEnd) {
            Thread.currentThread().interrupt();
        }
        return ExitStatus.OK;
    }

    private void announce(TernServer server) {
        Settings settings = server.settings();
        PrintWriter out = console.out();
        String host = settings.get(ServerSetting.HOST);
        out.println("TernMQ " + Version.current() + " is ready");
        out.println("  clients   " + host + ":" + server.nameServerPort());
        out.println("  broker    " + host + ":" + server.brokerPort() + " and " + (server.brokerPort() - 2));
        if (server.grpcPort() > 0) {
            out.println("  gRPC      " + host + ":" + server.grpcPort() + ", with TLS or without");
        }
        out.println("  data      "
                + Path.of(settings.get(ServerSetting.DATA_DIR)).toAbsolutePath().normalize() + ", flush.mode="
                + settings.get(ServerSetting.FLUSH).name().toLowerCase(Locale.ROOT));
        out.println("  recovery  " + text(server.recoveryReport()));
        out.flush();
    }

    private static String text(RecoveryReport report) {
        var text = new StringBuilder();
        text.append(String.format("%,d bytes of the log read", report.replayedBytes()));
        if (report.tornBytes() > 0) {
            text.append(String.format(", %,d bytes cut that were never acknowledged", report.tornBytes()));
        }
        if (report.damagedRecords() + report.damagedEntries() > 0) {
            text.append(String.format(
                    ", damaged: %,d messages, %,d entries", report.damagedRecords(), report.damagedEntries()));
        }
        if (report.refusedCheckpoints() > 0) {
            text.append(String.format(", %,d checkpoints not good", report.refusedCheckpoints()));
        }
        if (report.indexRebuilt()) {
            text.append(", index rebuilt");
        }
        if (report.readOnlyReason() != null) {
            text.append("; READ-ONLY: ").append(report.readOnlyReason());
            text.append(" (--set log.accept-damage=true lets it write again)");
        }
        return text.toString();
    }
}
