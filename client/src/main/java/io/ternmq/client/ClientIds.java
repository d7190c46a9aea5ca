package io.ternmq.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/** Makes names for clients that were given none. */
final class ClientIds {

    private ClientIds() {}

    /** Host, process and a random number: different for each queue that is opened. */
    static String next() {
        long random = ThreadLocalRandom.current().nextLong() & 0xFFFF_FFFFL;
        return host() + '@' + ProcessHandle.current().pid() + '#' + Long.toHexString(random);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostAddress();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
