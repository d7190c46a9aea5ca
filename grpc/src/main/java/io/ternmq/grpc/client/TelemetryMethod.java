package io.ternmq.grpc.client;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.TelemetryCommand;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.CreationRules;
import io.ternmq.broker.access.GroupFounder;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.grpc.call.CallConnection;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.call.ClientHeaders;
import io.ternmq.grpc.call.OutboundBytes;
import io.ternmq.grpc.call.Statuses;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stream that each client keeps open: over it a client says what it is and is told how to behave, and the server asks
 * what only a client knows. A client that has none does not count as being there.
 */
public final class TelemetryMethod implements ServerCallHandler<TelemetryCommand, TelemetryCommand> {
    /** Settings have so many bytes at most: they are read whole, and answered with themselves. */
    private static final int SETTINGS_BYTES_MAX = 64 * 1024;

    private final Broker broker;
    private final ClientSessions sessions;
    private final OutboundBytes outbound;
    private final Registration registration;
    private final GroupFounder founder;

    /**
     * @param creation whether consumers make their groups
     * @param outbound counts what clients have not taken
     */
    public TelemetryMethod(Broker broker, CreationRules creation, ClientSessions sessions, OutboundBytes outbound) {
        this.broker = broker;
        this.sessions = sessions;
        this.outbound = outbound;
        this.registration = new Registration(broker);
        this.founder = new GroupFounder(broker.shard(), creation);
    }

    @Override
    public ServerCall.Listener<TelemetryCommand> startCall(
            ServerCall<TelemetryCommand, TelemetryCommand> call, Metadata metadata) {
        CallConnection connection = Objects.requireNonNull(call.getAttributes().get(CallConnection.KEY));
        TelemetryStream stream = new TelemetryStream(call, connection, outbound);
        stream.begin();
        return new Listener(stream, ClientHeaders.read(metadata));
    }

    /** One client's stream. Event-loop thread only. */
    private final class Listener extends ServerCall.Listener<TelemetryCommand> {
        private final TelemetryStream stream;
        private final ClientHeaders headers;
        private @Nullable ClientSession session;
        private long roleChars;

        Listener(TelemetryStream stream, ClientHeaders headers) {
            this.stream = stream;
            this.headers = headers;
        }

        @Override
        public void onMessage(TelemetryCommand command) {
            try {
                headers.check();
                if (command.hasSettings()) {
                    take(command.getSettings());
                } else {
                    answered(command);
                    stream.next();
                }
            } catch (CallRefused refused) {
                refuse(refused);
            }
        }

        @Override
        public void onReady() {
            stream.ready();
        }

        @Override
        public void onHalfClose() {
            stream.end(Status.OK);
            ended();
        }

        @Override
        public void onCancel() {
            ended();
        }

        @Override
        public void onComplete() {
            ended();
        }

        private void answered(TelemetryCommand command) {
            if (session != null && command.hasThreadStackTrace()) {
                session.answered(command.getThreadStackTrace().getNonce(), command);
            } else if (session != null && command.hasVerifyMessageResult()) {
                session.answered(command.getVerifyMessageResult().getNonce(), command);
            }
        }

        private void take(Settings settings) {
            if (!settings.hasPublishing() && !settings.hasSubscription()) {
                stream.end(Status.INVALID_ARGUMENT.withDescription(
                        "there is no publishing or subscription data in settings"));
                return;
            }
            if (settings.getSerializedSize() > SETTINGS_BYTES_MAX) {
                stream.end(Status.RESOURCE_EXHAUSTED.withDescription("settings: " + settings.getSerializedSize()
                        + " bytes (expected: " + SETTINGS_BYTES_MAX + " at most)"));
                return;
            }
            ClientRole role = ClientRole.of(settings, broker.clock().time());
            if (!sessions.hasRoom(headers.clientId(), role.chars() - roleChars)) {
                stream.end(Status.RESOURCE_EXHAUSTED.withDescription("too many clients"));
                return;
            }
            List<String> groups = role.group().stream().toList();
            founder.found(stream.connection().loop().replies(), groups, () -> begin(role, settings));
        }

        private void begin(ClientRole role, Settings settings) {
            if (!stream.isOpen()) {
                return;
            }
            join(role);
            stream.write(TelemetryCommand.newBuilder()
                    .setStatus(Statuses.OK)
                    .setSettings(answer(settings))
                    .build());
            stream.next();
        }

        /** A client may say something else over the same stream; then it stays the member that it was. */
        private void join(ClientRole role) {
            sessions.named(role.chars() - roleChars);
            roleChars = role.chars();
            if (session != null && session.isOpen()) {
                registration.becomes(session, role);
                return;
            }
            ClientSession begun = new ClientSession(headers, stream, role);
            ClientSession replaced = sessions.put(begun);
            if (replaced != null) {
                registration.leave(replaced);
            }
            session = begun;
            registration.join(begun);
        }

        private Settings answer(Settings settings) {
            if (settings.hasPublishing()) {
                return SettingsAnswer.ofProducer(settings);
            }
            String name = settings.getSubscription().getGroup().getName();
            GroupConfig group = broker.shard().catalog().group(name);
            return SettingsAnswer.ofConsumer(settings, group == null ? GroupConfig.of(name) : group);
        }

        private void refuse(CallRefused refused) {
            boolean isClients = refused.code().getNumber() < Code.INTERNAL_ERROR.getNumber();
            stream.write(TelemetryCommand.newBuilder()
                    .setStatus(Statuses.of(refused.code(), refused.reason()))
                    .build());
            stream.end((isClients ? Status.INVALID_ARGUMENT : Status.UNIMPLEMENTED).withDescription(refused.reason()));
            ended();
        }

        private void ended() {
            stream.ended();
            sessions.named(-roleChars);
            roleChars = 0;
            if (session != null) {
                sessions.remove(session);
                registration.leave(session);
                session.ended();
                session = null;
            }
        }
    }
}
