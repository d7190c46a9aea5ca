package io.ternmq.protocol.remoting;

import java.util.Optional;

/**
 * Where a server listens.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param port 1..65535
 */
public record HostPort(String host, int port) {

    private static final int PORT_MAX = 65_535;

    /**
     * Reads {@code host:port}; an IPv6 address may stand in brackets.
     *
     * @param text as written
     * @return the address; empty when it is none
     */
    public static Optional<HostPort> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            boolean usable = port > 0 && port <= PORT_MAX && !host.isBlank();
            return usable ? Optional.of(new HostPort(host, port)) : Optional.empty();
        } catch (NumberFormatException noPort) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
