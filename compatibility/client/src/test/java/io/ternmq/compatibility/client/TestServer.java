package io.ternmq.compatibility.client;

import io.ternmq.TernMQ;
import io.ternmq.server.ServerSetting;
import io.ternmq.server.SettingsReader;
import io.ternmq.server.TernServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server for the tests of a class: one in this process, or the one that is named by the property. */
final class TestServer implements BeforeAllCallback, AfterAllCallback {

    private static final String ADDRESS_PROPERTY = "ternmq.test.address";
    private static final AtomicInteger NAMES = new AtomicInteger();

    private TernServer server;
    private Path folder;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (!isForeign()) {
            folder = Files.createTempDirectory("tern-client-test");
            server = start(folder, 0, 0);
        }
    }

    static TernServer start(Path folder, int nameServerPort, int brokerPort) {
        SettingsReader reader = new SettingsReader()
                .value(ServerSetting.DATA_DIR, folder.toString(), "test")
                .value(ServerSetting.NAME_SERVER_PORT, Integer.toString(nameServerPort), "test")
                .value(ServerSetting.BROKER_PORT, Integer.toString(brokerPort), "test")
                .value(ServerSetting.GRPC_PORT, "0", "test")
                .value(ServerSetting.TRANSACTION_TIMEOUT, "500ms", "test")
                .value(ServerSetting.TRANSACTION_CHECK_INTERVAL, "500ms", "test");
        try {
            return TernServer.start(reader.settings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (server != null) {
            server.close();
            try (var files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }

    static boolean isForeign() {
        return !System.getProperty(ADDRESS_PROPERTY, "").isEmpty();
    }

    String hostPort() {
        return isForeign() ? System.getProperty(ADDRESS_PROPERTY) : "127.0.0.1:" + server.nameServerPort();
    }

    String address() {
        return "tern://" + hostPort();
    }

    TernMQ open() {
        return TernMQ.open(address());
    }

    /** A name that no other test has. */
    String name(String kind) {
        return kind + '-' + Long.toHexString(System.nanoTime()) + '-' + NAMES.incrementAndGet();
    }
}
