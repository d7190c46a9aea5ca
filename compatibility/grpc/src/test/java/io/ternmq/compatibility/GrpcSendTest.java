package io.ternmq.compatibility;

import static io.ternmq.compatibility.GrpcClients.message;
import static io.ternmq.compatibility.GrpcClients.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.client.apis.message.MessageBuilder;
import org.apache.rocketmq.client.apis.producer.Producer;
import org.apache.rocketmq.client.apis.producer.SendReceipt;
import org.apache.rocketmq.client.apis.producer.Transaction;
import org.apache.rocketmq.client.apis.producer.TransactionResolution;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending with the official gRPC client. */
@ExtendWith(GrpcServers.class)
class GrpcSendTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProducerSendsOverPlainTextAndOverTlsToTheSamePort(boolean tls, ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server, tls)) {
            String topic = clients.topic("orders");
            Producer producer = clients.producer(topic);

            SendReceipt receipt = producer.send(message(topic, "hello")
                    .setTag("paid")
                    .setKeys("k1", "k2")
                    .addProperty("region", "north")
                    .build());

            assertThat(receipt.getMessageId().toString()).isNotEmpty();
        }
    }

    @Test
    void messagesOfOneGroupGoToOneQueueInTheirOrder(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("steps");
            Producer producer = clients.producer(topic);
            List<Long> offsets = new ArrayList<>();

            for (int i = 0; i < 5; i++) {
                offsets.add(offset(producer.send(
                        message(topic, "step " + i).setMessageGroup("order 42").build())));
            }

            assertThat(offsets).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NORMAL", "FIFO", "DELAY", "TRANSACTION"})
    void aTypedTopicTakesItsTypeOnly(String type, ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("typed", 2, Map.of("+message.type", type));
            Producer producer = clients.producer(message -> TransactionResolution.COMMIT, topic);

            for (String sent : List.of("NORMAL", "FIFO", "DELAY", "TRANSACTION")) {
                ThrowingCallable sending = () -> send(producer, topic, sent);
                if (sent.equals(type)) {
                    assertThatCode(sending).as(sent).doesNotThrowAnyException();
                } else {
                    assertThatThrownBy(sending).as(sent).hasMessageContaining(type);
                }
            }
        }
    }

    private static void send(Producer producer, String topic, String type) throws Exception {
        MessageBuilder message = message(topic, type);
        switch (type) {
            case "FIFO" -> producer.send(message.setMessageGroup("g").build());
            case "DELAY" ->
                producer.send(message.setDeliveryTimestamp(System.currentTimeMillis() + 60_000)
                        .build());
            case "TRANSACTION" -> {
                Transaction transaction = producer.beginTransaction();
                producer.send(message.build(), transaction);
                transaction.commit();
            }
            default -> producer.send(message.build());
        }
    }

    @Test
    void asynchronousSendsAreAnswered(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("many");
            Producer producer = clients.producer(topic);
            var sends = java.util.stream.IntStream.range(0, 200)
                    .mapToObj(i -> producer.sendAsync(plain(topic, "message " + i)))
                    .toList();

            for (var send : sends) {
                assertThat(send.get().getMessageId().toString()).isNotEmpty();
            }
        }
    }

    private static long offset(SendReceipt receipt) throws ReflectiveOperationException {
        return (long) receipt.getClass().getMethod("getOffset").invoke(receipt);
    }
}
