package io.ternmq.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The null responder: whatever the flush, it stores nothing. */
record NullServer(Tool tool, Path workFolder) implements Contender {
    @Override
    public String name() {
        return "null";
    }

    @Override
    public Server start(Flush flush) throws IOException, InterruptedException {
        ServerProcesses server = new ServerProcesses(workFolder.resolve("logs"));
        server.start(
                "null-responder",
                tool.command("null-responder", List.of("--port", Integer.toString(Ports.NAME_SERVER))),
                Map.of(),
                Ports.NAME_SERVER);
        return server;
    }

    @Override
    public List<Path> distribution() {
        return List.of();
    }
}
