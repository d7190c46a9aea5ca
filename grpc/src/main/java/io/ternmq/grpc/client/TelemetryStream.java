package io.ternmq.grpc.client;

import apache.rocketmq.v2.TelemetryCommand;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.ternmq.grpc.call.CallConnection;

/** Commands to one client, for as long as it keeps its stream open. Event-loop thread only, but for {@link #isOpen}. */
final class TelemetryStream {
    private final ServerCall<TelemetryCommand, TelemetryCommand> call;
    private final CallConnection connection;
    private volatile boolean ended;

    TelemetryStream(ServerCall<TelemetryCommand, TelemetryCommand> call, CallConnection connection) {
        this.call = call;
        this.connection = connection;
    }

    CallConnection connection() {
        return connection;
    }

    /** Any thread. */
    boolean isOpen() {
        return !ended && !call.isCancelled();
    }

    /** Asks for one more command of the client. */
    void next() {
        call.request(1);
    }

    void begin() {
        call.sendHeaders(new Metadata());
    }

    /** @return whether the client takes what is written */
    boolean isReady() {
        return call.isReady();
    }

    /** Lost when the stream has ended. */
    void write(TelemetryCommand command) {
        if (isOpen()) {
            call.sendMessage(command);
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
    }
}
