package io.ternmq.grpc;

import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one thing out of the log: when a client goes that has left answers unread, gRPC warns for each message that it cannot write any more, with
 * a stack trace. That a client goes is no error, its leases come back by themselves, and a thousand such clients would bury what is one. It logs to
 * {@code java.util.logging}, so that this is the one class here that knows it. Everything else passes. Thread-safe.
 */
final class LostWrites implements Filter, AutoCloseable {
    static final String LOGGER = "io.grpc.netty.NettyServerHandler";
    /** As Netty says it of what waits for a client to read, when its stream closes. */
    static final String CLOSED = "Stream closed before write could take place";

    /** Held, since loggers that nobody holds are forgotten with their filters. */
    private final Logger logger;

    private final @Nullable Filter next;

    private LostWrites(Logger logger) {
        this.logger = logger;
        this.next = logger.getFilter();
    }

    /** @return works until it is closed */
    static LostWrites keepOut() {
        LostWrites made = new LostWrites(Logger.getLogger(LOGGER));
        made.logger.setFilter(made);
        return made;
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        Throwable cause = entry.getThrown();
        boolean isLostWrite = cause != null && CLOSED.equals(cause.getMessage());
        return !isLostWrite && (next == null || next.isLoggable(entry));
    }

    /** Leaves the logger as it was. */
    @Override
    public void close() {
        if (logger.getFilter() == this) {
            logger.setFilter(next);
        }
    }
}
