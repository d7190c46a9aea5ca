package io.ternmq.client;

import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.spi.Address;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code tern://host:port[,host:port…]}. */
final class ServerAddress {

    static final String SCHEME = "tern";

    private static final int PORT = 9_876;

    private ServerAddress() {}

    /**
     * @return the name servers, at least one
     * @throws IllegalArgumentException when the address cannot be meant
     */
    static List<HostPort> nameServers(Address address) {
        String rest = address.rest();
        if (!rest.startsWith("//") || rest.length() == 2) {
            throw wrong(address);
        }
        List<HostPort> servers = new ArrayList<>();
        for (String part : rest.substring(2).split(",", -1)) {
            servers.add(HostPort.parse(withPort(part)).orElseThrow(() -> wrong(address)));
        }
        return servers;
    }

    private static String withPort(String part) {
        boolean hasPort = !part.endsWith("]") && part.indexOf(':') >= 0;
        return hasPort ? part : part + ':' + PORT;
    }

    private static IllegalArgumentException wrong(Address address) {
        return new IllegalArgumentException("address: '" + address
                + "' (expected: tern://HOST:PORT, or several with commas between; the port is " + PORT
                + " where none is given)");
    }
}
