package io.ternmq.grpc;

/**
 * Every bound of the gRPC server.
 *
 * @param connectionsMax open connections; more are closed at once
 * @param callsPerConnectionMax calls of a connection that are under way, waiting ones included
 * @param callsMax calls that are under way over all connections; one more fails
 * @param messageBytesMax bytes of one request; more ends its call
 * @param metadataBytesMax bytes of the headers of one call; more ends it
 * @param inboundBytesMax bytes of requests that have arrived, in whole or in part, and are not answered; a connection that goes
 *     beyond is closed
 * @param busyBytesMax above so many of them sends are answered 'too many requests'
 * @param outboundBytesMax bytes of messages that clients have not taken; above it what receives is answered 'too many requests'
 * @param sessionsMax clients with a telemetry stream
 * @param roleCharsMax characters of the topics, groups and filters that these clients name, over all of them
 * @param stalledMs a client may leave an answer unread for so long before its connection is closed
 * @param idleMs a connection without any call is closed after so long
 */
public record GrpcLimits(
        int connectionsMax,
        int callsPerConnectionMax,
        int callsMax,
        int messageBytesMax,
        int metadataBytesMax,
        long inboundBytesMax,
        long busyBytesMax,
        long outboundBytesMax,
        int sessionsMax,
        long roleCharsMax,
        long stalledMs,
        long idleMs) {
    private static final int MIB = 1024 * 1024;

    /** What a server has that nobody configured. */
    public static final GrpcLimits DEFAULT = new GrpcLimits(
            4_096, 4_096, 20_000, 8 * MIB, 16 * 1024, 32L * MIB, 24L * MIB, 16L * MIB, 16_384, 8L * MIB, 30_000,
            120_000);

    /** Checks how they fit together. */
    public GrpcLimits {
        if (busyBytesMax < messageBytesMax || inboundBytesMax < busyBytesMax) {
            throw new IllegalArgumentException("busyBytesMax: " + busyBytesMax + " (expected: " + messageBytesMax + ".."
                    + inboundBytesMax + ", between messageBytesMax and inboundBytesMax)");
        }
    }
}
