package io.ternmq.compatibility;

import static io.ternmq.compatibility.GrpcClients.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.rocketmq.client.apis.consumer.PushConsumer;
import org.apache.rocketmq.client.apis.message.MessageView;
import org.apache.rocketmq.client.apis.producer.Producer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.body.CMResult;
import org.apache.rocketmq.remoting.protocol.body.Connection;
import org.apache.rocketmq.remoting.protocol.body.ConsumeMessageDirectlyResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official clients of both protocols beside each other. */
@ExtendWith(GrpcServers.class)
class BothProtocolsTest {
    @Test
    void whatRemotingSendsGrpcReceivesWithAllItsProperties(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("there");
            var received = new Received();
            clients.pushConsumer(clients.group("grpc", false, 3), topic, received);
            DefaultMQProducer producer = RemotingClients.producer(clients);
            Message message = new Message(topic, "paid", "k1 k2", "hello".getBytes(StandardCharsets.UTF_8));
            message.putUserProperty("region", "north");
            SendResult sent = producer.send(message);
            assertThat(sent.getSendStatus()).isEqualTo(SendStatus.SEND_OK);

            received.await(1);

            MessageView view = received.messages().get(0);
            assertThat(view.getMessageId().toString()).isEqualTo(sent.getMsgId());
            assertThat(Received.body(view)).isEqualTo("hello");
            assertThat(view.getTag()).contains("paid");
            assertThat(view.getKeys()).containsExactlyInAnyOrder("k1", "k2");
            assertThat(view.getProperties()).isEqualTo(Map.of("region", "north"));
        }
    }

    @Test
    void aCompressedBodyOfRemotingIsUnpackedByGrpc(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("large");
            var received = new Received();
            clients.pushConsumer(clients.group("grpc", false, 3), topic, received);
            String body = "compressible ".repeat(2_000);
            SendResult sent =
                    RemotingClients.producer(clients).send(new Message(topic, body.getBytes(StandardCharsets.UTF_8)));
            assertThat(sent.getSendStatus()).isEqualTo(SendStatus.SEND_OK);

            received.await(1);

            assertThat(received.bodies()).containsExactly(body);
        }
    }

    @Test
    void whatGrpcSendsRemotingReceivesWithAllItsProperties(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("back");
            List<MessageExt> received = new CopyOnWriteArrayList<>();
            RemotingClients.consumer(clients, clients.group("remoting", false, 3), topic, (messages, context) -> {
                received.addAll(messages);
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
            String id = clients.producer(topic)
                    .send(message(topic, "hello")
                            .setTag("paid")
                            .setKeys("k1", "k2")
                            .addProperty("region", "north")
                            .build())
                    .getMessageId()
                    .toString();

            Waiting.soon().until(() -> received.size() == 1);

            MessageExt message = received.get(0);
            assertThat(message.getMsgId()).isEqualTo(id);
            assertThat(new String(message.getBody(), StandardCharsets.UTF_8)).isEqualTo("hello");
            assertThat(message.getTags()).isEqualTo("paid");
            assertThat(message.getKeys()).isEqualTo("k1 k2");
            assertThat(message.getUserProperty("region")).isEqualTo("north");
        }
    }

    @Test
    void aGroupRollsFromRemotingToGrpcWithoutLosingAMessage(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("rolling");
            String group = clients.group("rolling", false, 16);
            Set<String> consumed = ConcurrentHashMap.newKeySet();
            Producer producer = clients.producer(topic);
            List<String> sent = new ArrayList<>();
            DefaultMQPushConsumer old = RemotingClients.consumer(clients, group, topic, (messages, context) -> {
                messages.forEach(message -> consumed.add(new String(message.getBody(), StandardCharsets.UTF_8)));
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
            send(producer, topic, sent, 100);
            Waiting.soon().until(() -> consumed.size() >= 50);

            var received = new Received();
            PushConsumer unused = clients.pushConsumer(group, topic, received);
            send(producer, topic, sent, 100);
            old.shutdown();
            send(producer, topic, sent, 100);

            Waiting.soon().until(() -> {
                consumed.addAll(received.bodies());
                return consumed.size() >= sent.size();
            });
            assertThat(consumed).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    @Test
    void operatorsAskGrpcConsumersThroughTheRemotingProtocol(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("asked");
            String group = clients.group("asked", false, 3);
            var received = new Received();
            clients.pushConsumer(group, topic, received);
            SendResult sent = RemotingClients.producer(clients)
                    .send(new Message(topic, "tried".getBytes(StandardCharsets.UTF_8)));
            received.await(1);

            clients.administer(admin -> {
                String clientId = admin.examineConsumerConnectionInfo(group).getConnectionSet().stream()
                        .map(Connection::getClientId)
                        .findFirst()
                        .orElseThrow();
                assertThat(admin.getConsumerRunningInfo(group, clientId, true).getJstack())
                        .contains("TID");
                ConsumeMessageDirectlyResult tried =
                        admin.consumeMessageDirectly(group, clientId, topic, sent.getOffsetMsgId());
                assertThat(tried.getConsumeResult()).isEqualTo(CMResult.CR_SUCCESS);
            });
            assertThat(received.bodies()).containsExactly("tried", "tried");
        }
    }

    private static void send(Producer producer, String topic, List<String> sent, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            String body = "message " + sent.size();
            producer.send(message(topic, body).build());
            sent.add(body);
        }
    }
}
