package io.ternmq.contract;

import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import io.ternmq.server.ServerSetting;
import io.ternmq.server.SettingsReader;
import io.ternmq.server.TernServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A queue on a server, over the network. */
class RemoteTest extends MessagingContract {

    private static TernServer server;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        SettingsReader reader = new SettingsReader()
                .value(ServerSetting.DATA_DIR, data.toString(), "test")
                .value(ServerSetting.NAME_SERVER_PORT, "0", "test")
                .value(ServerSetting.BROKER_PORT, "0", "test")
                .value(ServerSetting.GRPC_PORT, "0", "test");
        server = TernServer.start(reader.settings());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    TernMQBuilder queue() {
        return TernMQ.at("tern://127.0.0.1:" + server.nameServerPort());
    }
}
