package io.ternmq.compatibility;

import static io.ternmq.compatibility.GrpcClients.message;
import static io.ternmq.compatibility.GrpcClients.plain;
import static org.assertj.core.api.Assertions.assertThat;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Encoding;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.Resource;
import apache.rocketmq.v2.SendMessageRequest;
import apache.rocketmq.v2.SystemProperties;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.DeflaterOutputStream;
import org.apache.rocketmq.client.apis.consumer.SimpleConsumer;
import org.apache.rocketmq.client.apis.message.MessageView;
import org.apache.rocketmq.client.apis.producer.Producer;
import org.apache.rocketmq.client.apis.producer.Transaction;
import org.apache.rocketmq.client.apis.producer.TransactionResolution;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.shaded.com.google.protobuf.ByteString;
import org.apache.rocketmq.shaded.io.grpc.ManagedChannel;
import org.apache.rocketmq.shaded.io.grpc.ManagedChannelBuilder;
import org.apache.rocketmq.shaded.io.grpc.Metadata;
import org.apache.rocketmq.shaded.io.grpc.stub.MetadataUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the protocols have different words for: each side's word is understood by the other. */
@ExtendWith(GrpcServers.class)
class PropertiesAcrossTest {
    private static final Duration INVISIBLE = Duration.ofSeconds(10);

    /** Collects what a remoting consumer is given. */
    private static final class Given {
        private final List<MessageExt> messages = new CopyOnWriteArrayList<>();

        MessageListenerConcurrently with(ConsumeConcurrentlyStatus status) {
            return (given, context) -> {
                messages.addAll(given);
                return status;
            };
        }

        MessageExt first() {
            Waiting.soon().until(() -> !messages.isEmpty());
            return messages.get(0);
        }
    }

    private static Given remotely(GrpcClients clients, String topic) throws Exception {
        var given = new Given();
        RemotingClients.consumer(
                clients,
                clients.group("remoting", false, 3),
                topic,
                given.with(ConsumeConcurrentlyStatus.CONSUME_SUCCESS));
        return given;
    }

    private static MessageView overGrpc(GrpcClients clients, String topic) {
        var received = new Received();
        clients.pushConsumer(clients.group("grpc", false, 3), topic, received);
        received.await(1);
        return received.messages().get(0);
    }

    private static Message bytes(String topic, String body) {
        return new Message(topic, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aMessageGroupIsAShardingKey(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("keys");
            clients.producer(topic)
                    .send(message(topic, "x").setMessageGroup("order 42").build());

            assertThat(remotely(clients, topic).first().getProperty(MessageConst.PROPERTY_SHARDING_KEY))
                    .isEqualTo("order 42");
        }
    }

    @Test
    void aShardingKeyIsAMessageGroup(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("keys");
            Message message = bytes(topic, "x");
            MessageAccessor.putProperty(message, MessageConst.PROPERTY_SHARDING_KEY, "order 42");
            RemotingClients.producer(clients).send(message);

            assertThat(overGrpc(clients, topic).getMessageGroup()).contains("order 42");
        }
    }

    @Test
    void aDeliveryTimeOfGrpcIsOneOfRemoting(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("later");
            Given given = remotely(clients, topic);
            long dueMs = System.currentTimeMillis() + 1_500;
            clients.producer(topic)
                    .send(message(topic, "x").setDeliveryTimestamp(dueMs).build());

            MessageExt first = given.first();

            assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(dueMs);
            assertThat(first.getDeliverTimeMs()).isEqualTo(dueMs);
        }
    }

    @Test
    void aDeliveryTimeOfRemotingIsOneOfGrpc(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("later");
            long dueMs = System.currentTimeMillis() + 1_500;
            Message message = bytes(topic, "x");
            message.setDeliverTimeMs(dueMs);
            RemotingClients.producer(clients).send(message);

            MessageView view = overGrpc(clients, topic);

            assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(dueMs);
            assertThat(view.getDeliveryTimestamp()).contains(dueMs);
        }
    }

    @Test
    void anAttemptThatFailedOverRemotingCountsOverGrpc(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("failing");
            String group = clients.group("mixed", false, 3);
            var failed = new Given();
            DefaultMQPushConsumer consumer = RemotingClients.consumer(
                    clients, group, topic, failed.with(ConsumeConcurrentlyStatus.RECONSUME_LATER));
            RemotingClients.producer(clients).send(bytes(topic, "x"));
            assertThat(failed.first().getReconsumeTimes()).isZero();
            clients.administer(admin -> Waiting.soon()
                    .until(() -> admin.fetchAllTopicList().getTopicList().contains("%RETRY%" + group)));
            consumer.shutdown();

            var received = new Received();
            clients.pushConsumer(group, topic, received);
            received.await(1);

            assertThat(received.messages().get(0).getDeliveryAttempt()).isEqualTo(2);
            assertThat(received.bodies()).containsExactly("x");
        }
    }

    @Test
    void whatGrpcPutOffRemotingGetsAsIfForTheFirstTime(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("failing");
            String group = clients.group("mixed", false, 3);
            SimpleConsumer consumer = clients.simpleConsumer(group, topic);
            clients.producer(topic).send(plain(topic, "x"));
            MessageView first = consumer.receive(1, INVISIBLE).get(0);
            consumer.changeInvisibleDuration(first, Duration.ofSeconds(1));
            MessageView second = consumer.receive(1, INVISIBLE).get(0);
            assertThat(second.getDeliveryAttempt()).isEqualTo(2);
            consumer.close();

            var given = new Given();
            RemotingClients.consumer(clients, group, topic, given.with(ConsumeConcurrentlyStatus.CONSUME_SUCCESS));

            assertThat(given.first().getReconsumeTimes()).isZero();
            assertThat(given.first().getMsgId()).isEqualTo(second.getMessageId().toString());
        }
    }

    @Test
    void aTransactionOfGrpcIsReadOverRemoting(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("money");
            Given given = remotely(clients, topic);
            Producer producer = clients.producer(message -> TransactionResolution.UNKNOWN, topic);
            Transaction rolledBack = producer.beginTransaction();
            producer.send(plain(topic, "rolled back"), rolledBack);
            rolledBack.rollback();
            Transaction committed = producer.beginTransaction();
            String id = producer.send(
                            message(topic, "committed")
                                    .setTag("t")
                                    .setKeys("k1")
                                    .addProperty("region", "north")
                                    .build(),
                            committed)
                    .getMessageId()
                    .toString();
            committed.commit();

            MessageExt message = given.first();

            assertThat(message.getBody()).asString(StandardCharsets.UTF_8).isEqualTo("committed");
            assertThat(message.getMsgId()).isEqualTo(id);
            assertThat(message.getTags()).isEqualTo("t");
            assertThat(message.getKeys()).isEqualTo("k1");
            assertThat(message.getUserProperty("region")).isEqualTo("north");
        }
    }

    @Test
    void aBodyThatAGrpcClientCompressedIsUnpackedByRemoting(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("large");
            String body = "compressible ".repeat(2_000);
            sendCompressed(server, topic, body);

            assertThat(remotely(clients, topic).first().getBody())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(body);
        }
    }

    /** As the C++ client does it: with zlib, and calls it gzip. */
    private static void sendCompressed(ServerProcess server, String topic, String body) throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(packed)) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("x-mq-client-id", Metadata.ASCII_STRING_MARSHALLER), "cpp");
        ManagedChannel channel = ManagedChannelBuilder.forTarget(server.grpcAddress())
                .usePlaintext()
                .build();
        try {
            Code code = MessagingServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .sendMessage(SendMessageRequest.newBuilder()
                            .addMessages(apache.rocketmq.v2.Message.newBuilder()
                                    .setTopic(Resource.newBuilder().setName(topic))
                                    .setBody(ByteString.copyFrom(packed.toByteArray()))
                                    .setSystemProperties(SystemProperties.newBuilder()
                                            .setMessageId(GrpcClients.unique("id"))
                                            .setBodyEncoding(Encoding.GZIP)))
                            .build())
                    .getStatus()
                    .getCode();
            assertThat(code).isEqualTo(Code.OK);
        } finally {
            channel.shutdownNow();
        }
    }
}
