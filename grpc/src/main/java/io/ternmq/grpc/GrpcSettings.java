package io.ternmq.grpc;

import io.ternmq.broker.access.CreationRules;
import io.ternmq.broker.traffic.Rate;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What can be set about the gRPC server.
 *
 * @param host the address to listen on
 * @param port where; 0 takes a free one
 * @param advertisedHost the address that clients are told where they do not say how they reached us
 * @param brokerName the broker that clients see
 * @param creation what comes into being because a client used it
 * @param identity what TLS shows to clients; null for a certificate that is made for this run
 * @param limits every bound
 * @param sendRate how fast one connection may send
 */
public record GrpcSettings(
        String host,
        int port,
        String advertisedHost,
        String brokerName,
        CreationRules creation,
        @Nullable TlsIdentity identity,
        GrpcLimits limits,
        Rate sendRate) {
    /** Where RocketMQ's proxy listens for gRPC. */
    public static final int PORT = 8081;

    /**
     * Files that prove who the server is, in PEM.
     *
     * @param certificates the server's certificate, and those that vouch for it
     * @param key its private key, in PKCS#8, without a password
     */
    public record TlsIdentity(Path certificates, Path key) {}

    /** @return the defaults on that address */
    public static GrpcSettings of(String host, int port) {
        return new GrpcSettings(
                host, port, host, "broker-a", new CreationRules(true, true), null, GrpcLimits.DEFAULT, Rate.UNLIMITED);
    }

    /** @return the same with other bounds */
    public GrpcSettings withLimits(GrpcLimits newLimits) {
        return new GrpcSettings(host, port, advertisedHost, brokerName, creation, identity, newLimits, sendRate);
    }

    /** @return the same with files that prove who the server is, or null */
    public GrpcSettings withIdentity(@Nullable TlsIdentity newIdentity) {
        return new GrpcSettings(host, port, advertisedHost, brokerName, creation, newIdentity, limits, sendRate);
    }

    /** @return the same with another rate */
    public GrpcSettings withSendRate(Rate newRate) {
        return new GrpcSettings(host, port, advertisedHost, brokerName, creation, identity, limits, newRate);
    }
}
