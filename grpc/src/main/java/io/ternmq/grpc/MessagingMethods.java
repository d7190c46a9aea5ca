package io.ternmq.grpc;

import apache.rocketmq.v2.HeartbeatResponse;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.NotifyClientTerminationResponse;
import apache.rocketmq.v2.QueryAssignmentResponse;
import apache.rocketmq.v2.QueryRouteResponse;
import apache.rocketmq.v2.SendMessageResponse;
import apache.rocketmq.v2.Status;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.ternmq.broker.access.Broker;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.InboundBytes;
import io.ternmq.grpc.call.UnaryMethod;
import io.ternmq.grpc.client.ClientSessions;
import io.ternmq.grpc.client.PresenceHandlers;
import io.ternmq.grpc.client.TelemetryMethod;
import io.ternmq.grpc.client.TransactionProducers;
import io.ternmq.grpc.route.RouteHandlers;
import io.ternmq.grpc.send.RecordDrafts;
import io.ternmq.grpc.send.SendHandler;
import io.ternmq.protocol.message.HostAddress;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Which handler answers which method. */
final class MessagingMethods {
    private final ServerServiceDefinition.Builder service =
            ServerServiceDefinition.builder(MessagingServiceGrpc.SERVICE_NAME);
    private final GrpcSettings settings;
    private final Broker broker;
    private final InboundBytes inbound;
    private final ClientSessions sessions;

    private MessagingMethods(GrpcSettings settings, Broker broker, InboundBytes inbound) {
        this.settings = settings;
        this.broker = broker;
        this.inbound = inbound;
        this.sessions = new ClientSessions(settings.limits().sessionsMax());
    }

    static ServerServiceDefinition define(GrpcSettings settings, Broker broker, InboundBytes inbound) {
        MessagingMethods methods = new MessagingMethods(settings, broker, inbound);
        methods.clients();
        methods.routes();
        methods.sends();
        return methods.service.build();
    }

    private void clients() {
        PresenceHandlers presence = new PresenceHandlers(broker, sessions);
        service.addMethod(
                MessagingServiceGrpc.getTelemetryMethod(), new TelemetryMethod(broker, settings.creation(), sessions));
        add(
                MessagingServiceGrpc.getHeartbeatMethod(),
                status -> HeartbeatResponse.newBuilder().setStatus(status).build(),
                presence::heartbeat);
        add(
                MessagingServiceGrpc.getNotifyClientTerminationMethod(),
                status -> NotifyClientTerminationResponse.newBuilder()
                        .setStatus(status)
                        .build(),
                presence::termination);
    }

    private void routes() {
        RouteHandlers routes = new RouteHandlers(
                broker.shard().catalog(),
                broker.writes(),
                settings.brokerName(),
                RouteHandlers.endpoints(settings.advertisedHost(), settings.port()));
        add(
                MessagingServiceGrpc.getQueryRouteMethod(),
                status -> QueryRouteResponse.newBuilder().setStatus(status).build(),
                routes::route);
        add(
                MessagingServiceGrpc.getQueryAssignmentMethod(),
                status -> QueryAssignmentResponse.newBuilder().setStatus(status).build(),
                routes::assignment);
    }

    private void sends() {
        SendHandler sends = new SendHandler(
                broker,
                settings.brokerName(),
                new RecordDrafts(HostAddress.of(new InetSocketAddress(settings.advertisedHost(), settings.port()))),
                inbound,
                new TransactionProducers(broker.membership(), sessions));
        add(
                MessagingServiceGrpc.getSendMessageMethod(),
                status -> SendMessageResponse.newBuilder().setStatus(status).build(),
                sends::send);
    }

    private <Q, R> void add(
            MethodDescriptor<Q, R> method, Function<Status, R> ofStatus, BiConsumer<Call<R>, Q> handler) {
        service.addMethod(method, new UnaryMethod<>(ofStatus, handler));
    }
}
