package io.ternmq.server.cli;

import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.server.client.Servers;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options of every command that talks to a server. */
final class ServerOptions {

    @Option(
            names = "--connect",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9876",
            description = "the server (default: ${DEFAULT-VALUE})")
    private String connect = "";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "how long an answer may take (default: ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    /** @throws UsageException when it is none */
    HostPort address() {
        return HostPort.parse(connect)
                .orElseThrow(() -> new UsageException(
                        "--connect: '" + connect + "' (expected: host:port, such as 127.0.0.1:9876)"));
    }

    /** @throws UsageException when it is out of range */
    Duration timeout() {
        return Duration.ofSeconds(Ranges.check("--timeout", timeoutSeconds, 1, 3_600));
    }

    Servers.Terms terms(CommandContext context) {
        return new Servers.Terms(address(), timeout(), context.clock(), context.nanoClock());
    }

    Servers open(CommandContext context) {
        return new Servers(terms(context));
    }
}
