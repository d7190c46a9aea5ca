package io.ternmq.contract;

import io.ternmq.server.ServerSetting;
import io.ternmq.server.SettingsReader;
import io.ternmq.server.TernServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server in the test's process, with a folder of its own and on ports that are free; for all tests of a class. */
final class RemoteServer implements BeforeAllCallback, AfterAllCallback {

    private @Nullable Path data;
    private @Nullable TernServer server;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        data = Files.createTempDirectory("ternmq-contract");
        server = TernServer.start(new SettingsReader()
                .value(ServerSetting.DATA_DIR, data.toString(), "test")
                .value(ServerSetting.NAME_SERVER_PORT, "0", "test")
                .value(ServerSetting.BROKER_PORT, "0", "test")
                .value(ServerSetting.GRPC_PORT, "0", "test")
                .settings());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (server != null) {
            server.close();
        }
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(data, "data"))) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }

    /** What {@code TernMQ.open} is given. */
    String address() {
        return "tern://127.0.0.1:" + Objects.requireNonNull(server, "server").nameServerPort();
    }
}
