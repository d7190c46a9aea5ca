package io.ternmq.grpc.client;

import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.HeartbeatRequest;
import apache.rocketmq.v2.HeartbeatResponse;
import apache.rocketmq.v2.NotifyClientTerminationRequest;
import apache.rocketmq.v2.NotifyClientTerminationResponse;
import io.ternmq.broker.access.Broker;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.call.Statuses;
import io.ternmq.grpc.convert.NameRules;
import java.util.Set;

/** Clients saying that they are still there, or that they go. */
public final class PresenceHandlers {
    private static final Set<ClientType> CONSUMERS = Set.of(ClientType.PUSH_CONSUMER, ClientType.SIMPLE_CONSUMER);

    private final ClientSessions sessions;
    private final Registration registration;

    /** @param broker has the members */
    public PresenceHandlers(Broker broker, ClientSessions sessions) {
        this.sessions = sessions;
        this.registration = new Registration(broker);
    }

    /** Answers a client that is still there. */
    public void heartbeat(Call<HeartbeatResponse> call, HeartbeatRequest request) {
        ClientSession session = known(call);
        if (CONSUMERS.contains(session.role().type())) {
            String unused = NameRules.group(request.getGroup());
        }
        registration.join(session);
        call.answer(HeartbeatResponse.newBuilder().setStatus(Statuses.OK).build());
    }

    /** Answers a client that goes. */
    public void termination(Call<NotifyClientTerminationResponse> call, NotifyClientTerminationRequest request) {
        ClientSession session = known(call);
        if (CONSUMERS.contains(session.role().type())) {
            String unused = NameRules.group(request.getGroup());
        }
        session.leaves();
        sessions.remove(session);
        registration.leave(session);
        call.answer(NotifyClientTerminationResponse.newBuilder()
                .setStatus(Statuses.OK)
                .build());
    }

    private ClientSession known(Call<?> call) {
        ClientSession session = sessions.get(call.headers().clientId());
        if (session == null) {
            throw new CallRefused(Code.UNRECOGNIZED_CLIENT_TYPE, "cannot find client settings for this client");
        }
        ClientType type = session.role().type();
        if (type != ClientType.PRODUCER && !CONSUMERS.contains(type)) {
            throw new CallRefused(Code.UNRECOGNIZED_CLIENT_TYPE, type.name());
        }
        return session;
    }
}
