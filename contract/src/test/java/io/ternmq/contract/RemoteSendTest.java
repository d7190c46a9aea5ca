package io.ternmq.contract;

import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A queue on a server, over the network. */
class RemoteSendTest extends SendContract {

    private static RemoteServer server;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RemoteServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    TernMQBuilder queue() {
        return TernMQ.at(server.address());
    }
}
