package io.ternmq.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** Where the server listens, and what it therefore tells clients. */
final class ListenAddress {

    private ListenAddress() {}

    /** @throws SettingException when it is no address of any machine */
    static InetAddress of(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new SettingException(ServerSetting.HOST.key() + ": '" + host
                    + "' (expected: an address, or a name that resolves to one)");
        }
    }

    /**
     * What clients are told when nobody said what.
     *
     * @throws SettingException when there is no address that other machines could use
     */
    static String advertised(InetAddress listen) {
        if (!listen.isAnyLocalAddress()) {
            return listen.getHostAddress();
        }
        try (Stream<InetAddress> candidates = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(ListenAddress::isUsefulToOthers)) {
            return candidates
                    .findFirst()
                    .map(InetAddress::getHostAddress)
                    .orElseGet(() -> InetAddress.getLoopbackAddress().getHostAddress());
        } catch (SocketException noInterfaces) {
            throw new SettingException(ServerSetting.ADVERTISE.key()
                    + ": '' (expected: what clients shall be told, as the" + " machine's addresses cannot be listed)");
        }
    }

    private static boolean isUsefulToOthers(InetAddress address) {
        return address instanceof Inet4Address && !address.isLoopbackAddress() && !address.isLinkLocalAddress();
    }
}
