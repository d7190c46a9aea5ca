package io.ternmq.compatibility;

import static io.ternmq.compatibility.GrpcClients.message;
import static io.ternmq.compatibility.GrpcClients.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.apis.consumer.ConsumeResult;
import org.apache.rocketmq.client.apis.consumer.FilterExpression;
import org.apache.rocketmq.client.apis.consumer.FilterExpressionType;
import org.apache.rocketmq.client.apis.consumer.SimpleConsumer;
import org.apache.rocketmq.client.apis.message.MessageView;
import org.apache.rocketmq.client.apis.producer.Producer;
import org.apache.rocketmq.client.java.exception.BadRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Receiving with the official gRPC client. */
@ExtendWith(GrpcServers.class)
class GrpcConsumerTest {
    private static final Duration INVISIBLE = Duration.ofSeconds(10);

    @Test
    void aPushConsumerGetsEveryMessageOnceWithAllThatItsSenderGaveIt(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("orders");
            var received = new Received();
            clients.pushConsumer(clients.group("billing", false, 3), topic, received);
            Producer producer = clients.producer(topic);
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sent.add(producer.send(message(topic, "order " + i)
                                .setTag("paid")
                                .setKeys("k" + i, "all")
                                .addProperty("region", "north")
                                .build())
                        .getMessageId()
                        .toString());
            }

            received.await(50);

            assertThat(received.messages())
                    .extracting(message -> message.getMessageId().toString())
                    .containsExactlyInAnyOrderElementsOf(sent);
            MessageView first = received.messages().get(0);
            assertThat(first.getTag()).contains("paid");
            assertThat(first.getKeys()).hasSize(2).contains("all");
            assertThat(first.getProperties()).isEqualTo(Map.of("region", "north"));
            assertThat(first.getDeliveryAttempt()).isEqualTo(1);
            assertThat(first.getTopic()).isEqualTo(topic);
        }
    }

    @Test
    void aFailedMessageComesAgainAndEndsAsADeadLetter(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("failing");
            String group = clients.group("fails", false, 1);
            var received = new Received(message -> ConsumeResult.FAILURE);
            clients.pushConsumer(group, topic, received);
            clients.producer(topic).send(plain(topic, "never"));

            received.await(2);

            assertThat(received.messages())
                    .extracting(MessageView::getDeliveryAttempt)
                    .startsWith(1, 2);
            var dead = new Received();
            Waiting.soon().until(() -> clients.hasTopic("%DLQ%" + group));
            clients.pushConsumer(clients.group("undertakers", false, 3), "%DLQ%" + group, dead);
            dead.await(1);
            assertThat(dead.bodies()).containsExactly("never");
        }
    }

    @Test
    void aSimpleConsumerReceivesAcknowledgesAndTakesItsTime(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("tasks", 1, Map.of());
            SimpleConsumer consumer = clients.simpleConsumer(clients.group("workers", false, 3), topic);
            Producer producer = clients.producer(topic);
            producer.send(plain(topic, "one"));
            producer.send(plain(topic, "two"));
            List<MessageView> held = new ArrayList<>();
            while (held.size() < 2) {
                held.addAll(consumer.receive(2, INVISIBLE));
            }

            consumer.ack(held.get(0));
            consumer.changeInvisibleDuration(held.get(1), Duration.ofSeconds(1));

            List<MessageView> again = consumer.receive(2, INVISIBLE);
            assertThat(again)
                    .hasSize(1)
                    .allSatisfy(
                            message -> assertThat(message.getDeliveryAttempt()).isEqualTo(2));
            assertThat(Received.body(again.get(0))).isEqualTo(Received.body(held.get(1)));
            consumer.ack(again.get(0));
            assertThatThrownBy(() -> consumer.receive(2, Duration.ofSeconds(1)))
                    .isInstanceOf(BadRequestException.class);
        }
    }

    @Test
    void filtersByTagAndByExpression(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("filtered");
            var byTag = new Received();
            var byExpression = new Received();
            clients.pushConsumer(clients.group("tags", false, 3), topic, new FilterExpression("a || b"), byTag);
            clients.pushConsumer(
                    clients.group("expressions", false, 3),
                    topic,
                    new FilterExpression("amount > 10 AND region = 'north'", FilterExpressionType.SQL92),
                    byExpression);
            Producer producer = clients.producer(topic);
            send(producer, topic, "1", "a", "5", "north");
            send(producer, topic, "2", "b", "20", "north");
            send(producer, topic, "3", "c", "30", "north");
            send(producer, topic, "4", "c", "30", "south");

            byTag.await(2);
            byExpression.await(2);

            assertThat(byTag.bodies()).containsExactlyInAnyOrder("1", "2");
            assertThat(byExpression.bodies()).containsExactlyInAnyOrder("2", "3");
        }
    }

    @Test
    void anOrderedGroupGetsEachKeyInOrderAndABadMessageStallsOnlyItsKey(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("steps", 1, Map.of());
            String group = clients.group("inorder", true, 2);
            var received = new Received(
                    message -> Received.body(message).equals("bad 0") ? ConsumeResult.FAILURE : ConsumeResult.SUCCESS);
            Producer producer = clients.producer(topic);
            for (int i = 0; i < 10; i++) {
                for (String key : List.of("bad", "good", "fine")) {
                    producer.send(
                            message(topic, key + " " + i).setMessageGroup(key).build());
                }
            }

            clients.pushConsumer(group, topic, received);

            Waiting.soon().until(() -> received.bodies().containsAll(List.of("good 9", "fine 9")));
            for (String key : List.of("good", "fine")) {
                assertThat(received.bodies().stream().filter(body -> body.startsWith(key)))
                        .containsExactlyElementsOf(IntStream.range(0, 10)
                                .mapToObj(i -> key + " " + i)
                                .toList());
            }
            Waiting.within(Duration.ofSeconds(30)).until(() -> received.bodies().contains("bad 9"));
            assertThat(received.bodies().stream()
                            .filter(body -> body.startsWith("bad "))
                            .distinct())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 10).mapToObj(i -> "bad " + i).toList());
            Waiting.soon().until(() -> clients.hasTopic("%DLQ%" + group));
        }
    }

    private static void send(Producer producer, String topic, String body, String tag, String amount, String region)
            throws Exception {
        producer.send(message(topic, body)
                .setTag(tag)
                .addProperty("amount", amount)
                .addProperty("region", region)
                .build());
    }
}
