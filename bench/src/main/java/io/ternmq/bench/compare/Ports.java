package io.ternmq.bench.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** What servers listen on; the same for all, as they run one after the other. */
final class Ports {
    static final int NAME_SERVER = 9_876;
    static final int BROKER = 10_911;
    static final int GRPC = 8_081;
    static final int KAFKA = 9_092;
    static final int KAFKA_CONTROLLER = 9_093;

    private static final int CONNECT_TIMEOUT_MS = 200;

    private Ports() {}

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
