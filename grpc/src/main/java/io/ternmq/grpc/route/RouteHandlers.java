package io.ternmq.grpc.route;

import apache.rocketmq.v2.Address;
import apache.rocketmq.v2.AddressScheme;
import apache.rocketmq.v2.Assignment;
import apache.rocketmq.v2.Broker;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Endpoints;
import apache.rocketmq.v2.MessageQueue;
import apache.rocketmq.v2.Permission;
import apache.rocketmq.v2.QueryAssignmentRequest;
import apache.rocketmq.v2.QueryAssignmentResponse;
import apache.rocketmq.v2.QueryRouteRequest;
import apache.rocketmq.v2.QueryRouteResponse;
import apache.rocketmq.v2.Resource;
import io.netty.util.NetUtil;
import io.ternmq.broker.access.WriteSwitch;
import io.ternmq.broker.catalog.Catalog;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.MessageType;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.call.Statuses;
import io.ternmq.grpc.convert.MessageTypes;
import io.ternmq.grpc.convert.NameRules;
import java.util.List;
import java.util.stream.IntStream;

/** Tells clients the queues of a topic. The addresses are those by which the client reached us, where it says so. */
public final class RouteHandlers {
    /** Stands for every queue of a topic. */
    private static final int ANY_QUEUE = -1;

    /** A client reaches us by so many addresses at most. */
    private static final int ADDRESSES_MAX = 16;
    /** These have so many bytes at most, since each queue of an answer repeats them. */
    private static final int ENDPOINTS_BYTES_MAX = 1_024;

    private final Catalog catalog;
    private final WriteSwitch writes;
    private final String brokerName;
    private final Endpoints advertised;

    /** @param advertised where clients are sent that do not say how they reached us */
    public RouteHandlers(Catalog catalog, WriteSwitch writes, String brokerName, Endpoints advertised) {
        this.catalog = catalog;
        this.writes = writes;
        this.brokerName = brokerName;
        this.advertised = advertised;
    }

    /** @return one address in the words of gRPC */
    public static Endpoints endpoints(String host, int port) {
        AddressScheme scheme = NetUtil.isValidIpV4Address(host)
                ? AddressScheme.IPv4
                : NetUtil.isValidIpV6Address(host) ? AddressScheme.IPv6 : AddressScheme.DOMAIN_NAME;
        return Endpoints.newBuilder()
                .setScheme(scheme)
                .addAddresses(Address.newBuilder().setHost(host).setPort(port))
                .build();
    }

    /** Answers with every queue of the topic. */
    public void route(Call<QueryRouteResponse> call, QueryRouteRequest request) {
        TopicConfig topic = topic(request.getTopic()).config();
        QueryRouteResponse.Builder answer = QueryRouteResponse.newBuilder().setStatus(Statuses.OK);
        MessageQueue.Builder queue =
                MessageQueue.newBuilder().setTopic(request.getTopic()).setBroker(broker(request.getEndpoints()));
        for (MessageType type : MessageType.acceptedBy(topic)) {
            queue.addAcceptMessageTypes(MessageTypes.of(type));
        }
        for (int id = 0; id < topic.queueCount(); id++) {
            answer.addMessageQueues(queue.setId(id).setPermission(permission(topic, id)));
        }
        call.answer(answer.build());
    }

    /** Answers with what a consumer of the group takes from: whatever it is, each takes from all queues. */
    public void assignment(Call<QueryAssignmentResponse> call, QueryAssignmentRequest request) {
        TopicConfig topic = topic(request.getTopic()).config();
        GroupConfig group = catalog.group(NameRules.group(request.getGroup()));
        if (!io.ternmq.broker.catalog.Permission.isReadable(topic.permission())) {
            throw new CallRefused(Code.FORBIDDEN, "no readable queue");
        }
        List<Integer> ids = group != null && group.ordered()
                ? IntStream.range(0, topic.readQueues()).boxed().toList()
                : List.of(ANY_QUEUE);
        MessageQueue.Builder queue = MessageQueue.newBuilder()
                .setTopic(request.getTopic())
                .setBroker(broker(request.getEndpoints()))
                .setPermission(permission(topic, 0));
        QueryAssignmentResponse.Builder answer =
                QueryAssignmentResponse.newBuilder().setStatus(Statuses.OK);
        for (int id : ids) {
            answer.addAssignments(Assignment.newBuilder().setMessageQueue(queue.setId(id)));
        }
        call.answer(answer.build());
    }

    private Topic topic(Resource resource) {
        String name = NameRules.topic(resource);
        Topic topic = catalog.topic(name);
        if (topic == null) {
            throw new CallRefused(Code.TOPIC_NOT_FOUND, "the topic '" + name + "' does not exist");
        }
        return topic;
    }

    private Broker broker(Endpoints reachedBy) {
        if (reachedBy.getAddressesCount() > ADDRESSES_MAX || reachedBy.getSerializedSize() > ENDPOINTS_BYTES_MAX) {
            throw new CallRefused(
                    Code.ILLEGAL_ACCESS_POINT,
                    "endpoints: " + reachedBy.getAddressesCount() + " addresses, " + reachedBy.getSerializedSize()
                            + " bytes (expected: " + ADDRESSES_MAX + " and " + ENDPOINTS_BYTES_MAX + " at most)");
        }
        return Broker.newBuilder()
                .setName(brokerName)
                .setId(0)
                .setEndpoints(reachedBy.getAddressesCount() == 0 ? advertised : reachedBy)
                .build();
    }

    private Permission permission(TopicConfig topic, int queueId) {
        boolean readable =
                io.ternmq.broker.catalog.Permission.isReadable(topic.permission()) && queueId < topic.readQueues();
        boolean writable = io.ternmq.broker.catalog.Permission.isWritable(topic.permission())
                && queueId < topic.writeQueues()
                && writes.isOpen();
        if (readable) {
            return writable ? Permission.READ_WRITE : Permission.READ;
        }
        return writable ? Permission.WRITE : Permission.NONE;
    }
}
