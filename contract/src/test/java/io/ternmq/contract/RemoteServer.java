package io.ternmq.contract;

import io.ternmq.server.ServerSetting;
import io.ternmq.server.Setting;
import io.ternmq.server.SettingsReader;
import io.ternmq.server.TernServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A server in the test's process, on ports that are free. */
final class RemoteServer implements AutoCloseable {

    private final TernServer server;

    private RemoteServer(TernServer server) {
        this.server = server;
    }

    static RemoteServer start(Path data) throws IOException {
        return start(data, Map.of());
    }

    static RemoteServer start(Path data, Map<Setting<?>, String> others) throws IOException {
        SettingsReader reader = new SettingsReader()
                .value(ServerSetting.DATA_DIR, data.toString(), "test")
                .value(ServerSetting.NAME_SERVER_PORT, "0", "test")
                .value(ServerSetting.BROKER_PORT, "0", "test")
                .value(ServerSetting.GRPC_PORT, "0", "test");
        others.forEach((setting, value) -> reader.value(setting, value, "test"));
        return new RemoteServer(TernServer.start(reader.settings()));
    }

    /** What {@code TernMQ.open} is given. */
    String address() {
        return "tern://127.0.0.1:" + server.nameServerPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
