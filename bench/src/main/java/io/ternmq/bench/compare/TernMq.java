package io.ternmq.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * This project's server, from its distribution, with the settings it comes with but for the flush.
 *
 * @param distributionFolder holds {@code bin/tern}
 * @param workFolder         for data and logs
 */
record TernMq(Path distributionFolder, Path workFolder) implements Contender {
    @Override
    public String name() {
        return "TernMQ";
    }

    @Override
    public Server start(Flush flush) throws IOException, InterruptedException {
        Folders.emptied(dataFolder());
        return restart(flush);
    }

    /** Starts with the data there is. */
    Server restart(Flush flush) throws IOException, InterruptedException {
        ServerProcesses server = new ServerProcesses(workFolder.resolve("logs"));
        List<String> command = List.of(
                distributionFolder.resolve("bin/tern").toString(),
                "server",
                "--data",
                dataFolder().toString(),
                "--set",
                "flush.mode=" + flush.name().toLowerCase(Locale.ROOT));
        server.start("ternmq", command, Map.of(), Ports.BROKER);
        return server;
    }

    Path dataFolder() {
        return workFolder.resolve("ternmq-data");
    }

    @Override
    public List<Path> distribution() {
        return List.of(distributionFolder.resolve("bin"), distributionFolder.resolve("lib"));
    }
}
