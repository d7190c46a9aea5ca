package io.ternmq.grpc;

import apache.rocketmq.v2.AckMessageResponse;
import apache.rocketmq.v2.ChangeInvisibleDurationResponse;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.EndTransactionResponse;
import apache.rocketmq.v2.ForwardMessageToDeadLetterQueueResponse;
import apache.rocketmq.v2.GetOffsetResponse;
import apache.rocketmq.v2.HeartbeatResponse;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.NotifyClientTerminationResponse;
import apache.rocketmq.v2.PullMessageResponse;
import apache.rocketmq.v2.QueryAssignmentResponse;
import apache.rocketmq.v2.QueryOffsetResponse;
import apache.rocketmq.v2.QueryRouteResponse;
import apache.rocketmq.v2.RecallMessageResponse;
import apache.rocketmq.v2.ReceiveMessageResponse;
import apache.rocketmq.v2.SendMessageResponse;
import apache.rocketmq.v2.Status;
import apache.rocketmq.v2.SyncLiteSubscriptionResponse;
import apache.rocketmq.v2.UpdateOffsetResponse;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.ConsumerRules;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.InboundBytes;
import io.ternmq.grpc.call.OutboundBytes;
import io.ternmq.grpc.call.UnaryMethod;
import io.ternmq.grpc.client.ClientSessions;
import io.ternmq.grpc.client.PresenceHandlers;
import io.ternmq.grpc.client.TelemetryMethod;
import io.ternmq.grpc.client.TransactionProducers;
import io.ternmq.grpc.pull.OffsetHandlers;
import io.ternmq.grpc.pull.PullHandler;
import io.ternmq.grpc.receive.ConsumerGate;
import io.ternmq.grpc.receive.LeaseHandlers;
import io.ternmq.grpc.receive.ReceiveHandler;
import io.ternmq.grpc.route.RouteHandlers;
import io.ternmq.grpc.send.RecordDrafts;
import io.ternmq.grpc.send.SendHandler;
import io.ternmq.grpc.transaction.EndTransactionHandler;
import io.ternmq.grpc.transaction.OrphanCourier;
import io.ternmq.grpc.transaction.RecallHandler;
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
    private final OutboundBytes outbound;

    private MessagingMethods(GrpcSettings settings, Broker broker, InboundBytes inbound) {
        this.settings = settings;
        this.broker = broker;
        this.inbound = inbound;
        this.sessions = new ClientSessions(
                settings.limits().sessionsMax(), settings.limits().roleCharsMax());
        this.outbound = new OutboundBytes(settings.limits().outboundBytesMax());
    }

    static ServerServiceDefinition define(GrpcSettings settings, Broker broker, InboundBytes inbound) {
        MessagingMethods methods = new MessagingMethods(settings, broker, inbound);
        methods.clients();
        methods.routes();
        methods.sends();
        methods.receives();
        methods.pulls();
        methods.refused();
        return methods.service.build();
    }

    private void clients() {
        PresenceHandlers presence = new PresenceHandlers(broker, sessions);
        service.addMethod(
                MessagingServiceGrpc.getTelemetryMethod(),
                new TelemetryMethod(broker, settings.creation(), sessions, outbound));
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
                new TransactionProducers(broker, sessions));
        EndTransactionHandler transactions =
                new EndTransactionHandler(broker.shard().transactions());
        RecallHandler recalls = new RecallHandler(broker, settings.brokerName());
        broker.questions().askThrough(new OrphanCourier());
        add(
                MessagingServiceGrpc.getEndTransactionMethod(),
                status -> EndTransactionResponse.newBuilder().setStatus(status).build(),
                transactions::end);
        add(
                MessagingServiceGrpc.getRecallMessageMethod(),
                status -> RecallMessageResponse.newBuilder().setStatus(status).build(),
                recalls::recall);
        add(
                MessagingServiceGrpc.getSendMessageMethod(),
                status -> SendMessageResponse.newBuilder().setStatus(status).build(),
                sends::send);
    }

    private void receives() {
        ConsumerRules rules = new ConsumerRules(broker, settings.creation());
        ReceiveHandler receives = new ReceiveHandler(broker, rules, sessions, outbound);
        LeaseHandlers leases = new LeaseHandlers(broker.shard().leases());
        add(
                MessagingServiceGrpc.getReceiveMessageMethod(),
                status -> ReceiveMessageResponse.newBuilder().setStatus(status).build(),
                receives::receive);
        add(
                MessagingServiceGrpc.getAckMessageMethod(),
                status -> AckMessageResponse.newBuilder().setStatus(status).build(),
                leases::acknowledge);
        add(
                MessagingServiceGrpc.getChangeInvisibleDurationMethod(),
                status -> ChangeInvisibleDurationResponse.newBuilder()
                        .setStatus(status)
                        .build(),
                leases::change);
        add(
                MessagingServiceGrpc.getForwardMessageToDeadLetterQueueMethod(),
                status -> ForwardMessageToDeadLetterQueueResponse.newBuilder()
                        .setStatus(status)
                        .build(),
                leases::forward);
    }

    private void pulls() {
        ConsumerGate gate = new ConsumerGate(new ConsumerRules(broker, settings.creation()));
        PullHandler pulls = new PullHandler(broker, gate, sessions, outbound);
        OffsetHandlers offsets = new OffsetHandlers(broker, gate, sessions);
        add(
                MessagingServiceGrpc.getPullMessageMethod(),
                status -> PullMessageResponse.newBuilder().setStatus(status).build(),
                pulls::pull);
        add(
                MessagingServiceGrpc.getUpdateOffsetMethod(),
                status -> UpdateOffsetResponse.newBuilder().setStatus(status).build(),
                offsets::update);
        add(
                MessagingServiceGrpc.getGetOffsetMethod(),
                status -> GetOffsetResponse.newBuilder().setStatus(status).build(),
                offsets::get);
        add(
                MessagingServiceGrpc.getQueryOffsetMethod(),
                status -> QueryOffsetResponse.newBuilder().setStatus(status).build(),
                offsets::query);
    }

    /** What needs a kind of topic that is not known here. */
    private void refused() {
        refuse(
                MessagingServiceGrpc.getSyncLiteSubscriptionMethod(),
                status -> SyncLiteSubscriptionResponse.newBuilder()
                        .setStatus(status)
                        .build());
    }

    private <Q, R> void refuse(MethodDescriptor<Q, R> method, Function<Status, R> ofStatus) {
        add(
                method,
                ofStatus,
                (call, request) ->
                        call.refuse(Code.UNSUPPORTED, method.getBareMethodName() + " is not supported by this server"));
    }

    private <Q, R> void add(
            MethodDescriptor<Q, R> method, Function<Status, R> ofStatus, BiConsumer<Call<R>, Q> handler) {
        service.addMethod(method, new UnaryMethod<>(ofStatus, handler));
    }
}
