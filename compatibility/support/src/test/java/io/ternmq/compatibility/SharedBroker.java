package io.ternmq.compatibility;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one broker that all scenarios of a run use at once, unless they ask for a server of their own. Closed at the end of the run. */
final class SharedBroker implements AutoCloseable {
    static final String ADDRESS_PROPERTY = "ternmq.test.address";

    private final @Nullable ServerProcess server;
    private final String address;

    SharedBroker() {
        String outsideAddress = System.getProperty(ADDRESS_PROPERTY, "");
        server = outsideAddress.isEmpty() ? ServerProcess.start(Map.of()) : null;
        address = server == null ? outsideAddress : server.address();
    }

    /** Whether the scenarios were pointed at a broker that they did not start. */
    static boolean isOutside() {
        return !System.getProperty(ADDRESS_PROPERTY, "").isEmpty();
    }

    /** Where the name server listens, as {@code host:port}. */
    String address() {
        return address;
    }

    /** How much memory it occupies; 0 when it is not ours to look at. */
    long residentBytes() throws IOException {
        return server == null ? 0 : server.residentBytes();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
