package io.ternmq.grpc.client;

import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.TelemetryCommand;
import io.grpc.Status;
import io.ternmq.broker.member.Connection;
import io.ternmq.broker.member.Member;
import io.ternmq.protocol.remoting.RemotingVersion;
import java.util.function.Consumer;

/** A client with an open telemetry stream, and what it said of itself. Thread-safe. */
public final class ClientSession implements Connection {
    private final TelemetryStream stream;
    private final Settings settings;
    private final Member member;

    ClientSession(String clientId, String language, TelemetryStream stream, Settings settings) {
        this.stream = stream;
        this.settings = settings;
        this.member = new Member(clientId, language, RemotingVersion.V5_5_0, this);
    }

    /** @return who it is, as a member of its groups */
    public Member member() {
        return member;
    }

    /** @return what it last said of itself */
    public Settings settings() {
        return settings;
    }

    TelemetryStream stream() {
        return stream;
    }

    /** @return whether it can be told something */
    public boolean isOpen() {
        return stream.isOpen();
    }

    /** Tells the client something, if it takes what it is told; {@code told} runs in any case, in the stream's event loop. */
    public void tell(TelemetryCommand command, Runnable told) {
        inLoop(open -> {
            if (open.isReady()) {
                open.write(command);
            }
            told.run();
        });
    }

    @Override
    public String remoteAddress() {
        return stream.connection().peer().toString();
    }

    /** Nothing to tell: what such a client takes is not shared out by queues. */
    @Override
    public void membersChanged(String group) {}

    @Override
    public void close() {
        inLoop(open -> open.end(Status.ABORTED.withDescription("not heard of for too long")));
    }

    private void inLoop(Consumer<TelemetryStream> work) {
        stream.connection().loop().replies().run(() -> work.accept(stream));
    }
}
