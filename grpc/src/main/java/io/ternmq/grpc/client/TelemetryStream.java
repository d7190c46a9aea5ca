package io.ternmq.grpc.client;

import apache.rocketmq.v2.TelemetryCommand;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.ternmq.grpc.call.CallConnection;
import io.ternmq.grpc.call.OutboundBytes;
import io.ternmq.grpc.call.OutboundShare;
import org.jspecify.annotations.Nullable;

/** Commands to one client, for as long as it keeps its stream open. Event-loop thread only, but for {@link #isOpen}. */
final class TelemetryStream {
    private final ServerCall<TelemetryCommand, TelemetryCommand> call;
    private final CallConnection connection;
    private final OutboundBytes outbound;
    private @Nullable OutboundShare unread;
    private boolean wantsNext;
    private volatile boolean ended;

    /** @param outbound counts what clients have not taken */
    TelemetryStream(
            ServerCall<TelemetryCommand, TelemetryCommand> call, CallConnection connection, OutboundBytes outbound) {
        this.call = call;
        this.connection = connection;
        this.outbound = outbound;
    }

    CallConnection connection() {
        return connection;
    }

    /** Any thread. */
    boolean isOpen() {
        return !ended && !call.isCancelled();
    }

    void begin() {
        call.sendHeaders(new Metadata());
        call.request(1);
    }

    /** Asks for one more command of the client, once it takes what is written: each is answered. */
    void next() {
        if (call.isReady()) {
            call.request(1);
        } else {
            wantsNext = true;
        }
    }

    /** The client takes what is written again. */
    void ready() {
        release();
        if (wantsNext) {
            wantsNext = false;
            call.request(1);
        }
    }

    /** @return whether the client takes what is written */
    boolean isReady() {
        return call.isReady();
    }

    /** Lost when the stream has ended. */
    void write(TelemetryCommand command) {
        if (isOpen()) {
            call.sendMessage(command);
            if (!call.isReady() && unread == null) {
                unread = new OutboundShare(outbound, connection, command.getSerializedSize());
            }
        }
    }

    void end(Status status) {
        if (isOpen()) {
            ended = true;
            call.close(status, new Metadata());
        }
    }

    void ended() {
        ended = true;
        release();
    }

    private void release() {
        if (unread != null) {
            unread.release();
            unread = null;
        }
    }
}
