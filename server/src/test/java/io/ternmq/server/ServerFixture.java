package io.ternmq.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A server in this process, on a free port. */
public final class ServerFixture implements AutoCloseable {

    private final TernServer server;

    private ServerFixture(TernServer server) {
        this.server = server;
    }

    /** Everything on one port, with more settings as {@code key=value}. */
    public static ServerFixture start(Path dataDir, String... settings) {
        var reader = new SettingsReader()
                .value(ServerSetting.DATA_DIR, dataDir.toString(), "test")
                .value(ServerSetting.NAME_SERVER_PORT, "0", "test")
                .value(ServerSetting.BROKER_PORT, "0", "test")
                .value(ServerSetting.GRPC_PORT, "0", "test");
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            reader.text(setting.substring(0, equals), setting.substring(equals + 1), "test");
        }
        try {
            return new ServerFixture(TernServer.start(reader.settings()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server itself. */
    public TernServer server() {
        return server;
    }

    /** What {@code --connect} wants. */
    public String address() {
        return "127.0.0.1:" + server.nameServerPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
