package io.ternmq.remoting.connection;

import io.ternmq.broker.traffic.Rate;
import io.ternmq.protocol.remoting.WireLimits;

/**
 * Every bound of the connections, in one place.
 *
 * @param wire bounds of one frame; what breaks them ends its connection before anything is allocated
 * @param connectionsMax open connections; more are refused
 * @param requestsInFlightMax requests of one connection that are not answered; above it the connection is not read
 * @param waitingPullsMax pulls of one connection that wait for messages; more are answered at once
 * @param bytesInFlightMax bytes of all bodies that are not answered; above it requests with a body are answered 'busy'
 * @param unparsedBytesMax bytes of all unfinished frames; above it the connection that sent the last of them ends
 * @param outboundBytesMax bytes of all records that are written but not taken by their clients; above it pulls are
 *     answered 'busy'
 * @param writeHighBytes bytes waiting to be written to one connection; above it the connection is not read
 * @param writeLowBytes below it the connection is read again
 * @param stalledMs how long a client may leave its answers unread before its connection ends
 * @param idleMs how long a client may be silent before its connection ends
 * @param sends how fast one connection may send; above it the connection is not read for a while
 */
public record ConnectionLimits(
        WireLimits wire,
        int connectionsMax,
        int requestsInFlightMax,
        int waitingPullsMax,
        long bytesInFlightMax,
        long unparsedBytesMax,
        long outboundBytesMax,
        int writeHighBytes,
        int writeLowBytes,
        long stalledMs,
        long idleMs,
        Rate sends) {
    /** So long at most a connection is not read because it has sent too fast. */
    static final long SEND_PAUSE_MS_MAX = 10_000;

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** What holds where nothing else is set. */
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(
            WireLimits.DEFAULT,
            4096,
            4096,
            8192,
            32 * MIB,
            16 * MIB,
            24 * MIB,
            512 * KIB,
            128 * KIB,
            30_000,
            120_000,
            Rate.UNLIMITED);

    /** Checks each bound; the message names it, its value and what was expected. */
    public ConnectionLimits {
        checkAtLeast("connectionsMax", connectionsMax, 1);
        checkAtLeast("requestsInFlightMax", requestsInFlightMax, 1);
        checkAtLeast("waitingPullsMax", waitingPullsMax, 1);
        checkAtLeast("stalledMs", stalledMs, 1);
        checkAtLeast("idleMs", idleMs, 1);
        checkAtLeast("bytesInFlightMax", bytesInFlightMax, wire.frameBytesMax());
        checkAtLeast("unparsedBytesMax", unparsedBytesMax, wire.frameBytesMax());
        checkAtLeast("outboundBytesMax", outboundBytesMax, 1);
        checkAtLeast("writeLowBytes", writeLowBytes, 1);
        checkAtLeast("writeHighBytes", writeHighBytes, writeLowBytes);
    }

    /** @return how long a connection that has sent too fast is not read at most; never so long that it would count as silent */
    long sendPauseMsMax() {
        return Math.min(SEND_PAUSE_MS_MAX, Math.max(1, idleMs / 2));
    }

    private static void checkAtLeast(String name, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least " + min + ")");
        }
    }
}
