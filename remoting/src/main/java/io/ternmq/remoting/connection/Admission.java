package io.ternmq.remoting.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all connections together hold, against the limits. Thread-safe. */
public final class Admission {
    private final ConnectionLimits limits;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytesInFlight = new AtomicLong();
    private final AtomicLong unparsedBytes = new AtomicLong();
    private final AtomicLong outboundBytes = new AtomicLong();

    /** @param limits the bounds */
    public Admission(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** @return the bounds */
    public ConnectionLimits limits() {
        return limits;
    }

    /** @return whether one more connection is allowed; then it counts until it is released */
    boolean admitConnection() {
        if (connections.incrementAndGet() > limits.connectionsMax()) {
            connections.decrementAndGet();
            return false;
        }
        return true;
    }

    void releaseConnection() {
        connections.decrementAndGet();
    }

    /** @return whether a request of so many bytes is allowed; then they count until they are released */
    boolean admitRequest(long bytes) {
        if (bytesInFlight.addAndGet(bytes) > limits.bytesInFlightMax()) {
            bytesInFlight.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void releaseRequest(long bytes) {
        bytesInFlight.addAndGet(-bytes);
    }

    /** The unfinished frame of a connection has grown or shrunk. @return whether all together are within the limit */
    boolean unparsedChanged(long byBytes) {
        return unparsedBytes.addAndGet(byBytes) <= limits.unparsedBytesMax();
    }

    /** Records are on their way to a client, or (negative) were taken by it or given up. */
    void outboundChanged(long byBytes) {
        outboundBytes.addAndGet(byBytes);
    }

    /** @return whether more records may be read for clients: those that were are being taken */
    boolean hasRoomOutbound() {
        return outboundBytes.get() < limits.outboundBytesMax();
    }

    /** @return bytes of records that clients have not taken */
    public long outboundBytes() {
        return outboundBytes.get();
    }

    /** @return open connections */
    public int connections() {
        return connections.get();
    }

    /** @return bytes of requests that are not answered */
    public long bytesInFlight() {
        return bytesInFlight.get();
    }
}
