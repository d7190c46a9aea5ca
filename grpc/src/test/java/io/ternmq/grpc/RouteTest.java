package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.GROUP;
import static io.ternmq.grpc.GrpcFixture.TOPIC;
import static io.ternmq.grpc.GrpcFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;

import apache.rocketmq.v2.Address;
import apache.rocketmq.v2.AddressScheme;
import apache.rocketmq.v2.Assignment;
import apache.rocketmq.v2.Broker;
import apache.rocketmq.v2.Endpoints;
import apache.rocketmq.v2.MessageQueue;
import apache.rocketmq.v2.MessageType;
import apache.rocketmq.v2.Permission;
import apache.rocketmq.v2.QueryAssignmentRequest;
import apache.rocketmq.v2.QueryRouteRequest;
import io.ternmq.broker.catalog.TopicConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients are told of a topic's queues. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTest {
    private static final int READ = io.ternmq.broker.catalog.Permission.READ;
    private static final int WRITE = io.ternmq.broker.catalog.Permission.WRITE;
    private static final Endpoints REACHED_BY = Endpoints.newBuilder()
            .setScheme(AddressScheme.DOMAIN_NAME)
            .addAddresses(Address.newBuilder().setHost("queue.example.com").setPort(443))
            .build();

    private GrpcFixture fixture;

    @BeforeAll
    void start(@TempDir Path folder) {
        fixture = new GrpcFixture(folder);
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    private List<MessageQueue> route(String topic, Endpoints reachedBy) {
        return fixture.client()
                .queryRoute(QueryRouteRequest.newBuilder()
                        .setTopic(resource(topic))
                        .setEndpoints(reachedBy)
                        .build())
                .getMessageQueuesList();
    }

    private List<MessageQueue> assigned(String topic, String group) {
        return fixture
                .client()
                .queryAssignment(QueryAssignmentRequest.newBuilder()
                        .setTopic(resource(topic))
                        .setGroup(resource(group))
                        .setEndpoints(REACHED_BY)
                        .build())
                .getAssignmentsList()
                .stream()
                .map(Assignment::getMessageQueue)
                .toList();
    }

    private static MessageQueue.Builder queue(String topic, int id, Endpoints endpoints) {
        return MessageQueue.newBuilder()
                .setTopic(resource(topic))
                .setId(id)
                .setPermission(Permission.READ_WRITE)
                .setBroker(Broker.newBuilder().setName("broker-a").setId(0).setEndpoints(endpoints));
    }

    private static MessageQueue takingAll(String topic, int id, Endpoints endpoints) {
        return queue(topic, id, endpoints)
                .addAllAcceptMessageTypes(
                        List.of(MessageType.NORMAL, MessageType.FIFO, MessageType.DELAY, MessageType.TRANSACTION))
                .build();
    }

    @Test
    void aRouteHasEachQueueAtTheAddressByWhichTheClientReachedUs() {
        assertThat(route(TOPIC, REACHED_BY))
                .containsExactly(takingAll(TOPIC, 0, REACHED_BY), takingAll(TOPIC, 1, REACHED_BY));
    }

    @Test
    void whoDoesNotSayHowHeReachedUsGetsTheAdvertisedAddress() {
        // the fixture lets the system choose the port, so that its settings advertise 0
        Endpoints advertised = Endpoints.newBuilder()
                .setScheme(AddressScheme.IPv4)
                .addAddresses(Address.newBuilder().setHost("127.0.0.1").setPort(0))
                .build();
        assertThat(route(TOPIC, Endpoints.getDefaultInstance()))
                .containsExactly(takingAll(TOPIC, 0, advertised), takingAll(TOPIC, 1, advertised));
    }

    @ParameterizedTest
    @EnumSource(names = {"NORMAL", "FIFO", "DELAY", "TRANSACTION"})
    void aTypedTopicTakesItsTypeOnly(MessageType type) {
        String topic = "typed-" + type;
        fixture.topic(topic, READ | WRITE, Map.of("message.type", type.name()));

        assertThat(route(topic, REACHED_BY))
                .extracting(MessageQueue::getAcceptMessageTypesList)
                .containsOnly(List.of(type));
    }

    @Test
    void queuesSayWhatMayBeDoneWithThem() {
        fixture.topic("readonly", READ, Map.of());
        fixture.topic("writeonly", WRITE, Map.of());
        fixture.topic("shut", 0, Map.of());
        fixture.topic(new TopicConfig("shrinking", 2, 1, READ | WRITE, false, Map.of()));

        assertThat(permissions("readonly")).containsExactly(Permission.READ, Permission.READ);
        assertThat(permissions("writeonly")).containsExactly(Permission.WRITE, Permission.WRITE);
        assertThat(permissions("shut")).containsExactly(Permission.NONE, Permission.NONE);
        assertThat(permissions("shrinking")).containsExactly(Permission.READ_WRITE, Permission.READ);
    }

    private List<Permission> permissions(String topic) {
        return route(topic, REACHED_BY).stream()
                .map(MessageQueue::getPermission)
                .toList();
    }

    @Test
    void aConsumerTakesFromAllQueuesAtOnce() {
        assertThat(assigned(TOPIC, GROUP))
                .containsExactly(queue(TOPIC, -1, REACHED_BY).build());
    }

    @Test
    void aConsumerOfAnOrderedGroupHasEachQueueSoThatItAsksMoreAtATime() {
        fixture.group("inorder", true);

        assertThat(assigned(TOPIC, "inorder"))
                .containsExactly(
                        queue(TOPIC, 0, REACHED_BY).build(),
                        queue(TOPIC, 1, REACHED_BY).build());
    }
}
