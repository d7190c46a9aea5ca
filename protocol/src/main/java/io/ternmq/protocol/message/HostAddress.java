package io.ternmq.protocol.message;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** An IP address of 4 or 16 bytes with a port, as records and message ids hold it. Immutable. */
public final class HostAddress {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private final byte[] address;
    private final int port;

    private HostAddress(byte[] address, int port) {
        this.address = address;
        this.port = port;
    }

    /**
     * @param address 4 or 16 bytes, network order; copied
     * @param port any int: clients write what they like
     * @throws IllegalArgumentException when the address has another length
     */
    public static HostAddress of(byte[] address, int port) {
        if (address.length != IPV4_BYTES && address.length != IPV6_BYTES) {
            throw new IllegalArgumentException("address: " + address.length + " bytes (expected: 4 or 16)");
        }
        return new HostAddress(address.clone(), port);
    }

    /**
     * @param address a resolved socket address
     * @throws IllegalArgumentException when it is not resolved
     */
    public static HostAddress of(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            throw new IllegalArgumentException("address: " + address + " (expected: a resolved address)");
        }
        return new HostAddress(ip.getAddress(), address.getPort());
    }

    static HostAddress read(DirectBuffer buffer, int index, int hostBytes) {
        byte[] address = new byte[hostBytes - Integer.BYTES];
        buffer.getBytes(index, address);
        return new HostAddress(address, buffer.getInt(index + address.length, ByteOrder.BIG_ENDIAN));
    }

    /** @return bytes in a record: 8, or 20 for IPv6 */
    public int encodedLength() {
        return address.length + Integer.BYTES;
    }

    /** Writes address and port. @return {@link #encodedLength} */
    public int encode(MutableDirectBuffer dst, int index) {
        dst.putBytes(index, address);
        dst.putInt(index + address.length, port, ByteOrder.BIG_ENDIAN);
        return encodedLength();
    }

    /** @return whether the address has 16 bytes */
    public boolean isIpv6() {
        return address.length == IPV6_BYTES;
    }

    /** @return the port, as it was written */
    public int port() {
        return port;
    }

    /** @return address and port as the JDK knows them */
    public InetSocketAddress toSocketAddress() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address of " + address.length + " bytes", impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostAddress that && port == that.port && Arrays.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + port;
    }

    /** @return like {@code 10.0.0.1:10911} */
    @Override
    public String toString() {
        try {
            String ip = InetAddress.getByAddress(address).getHostAddress();
            return (isIpv6() ? "[" + ip + "]" : ip) + ":" + port;
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address of " + address.length + " bytes", impossible);
        }
    }
}
