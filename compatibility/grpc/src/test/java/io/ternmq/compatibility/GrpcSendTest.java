package io.ternmq.compatibility;

import static io.ternmq.compatibility.GrpcClients.message;
import static io.ternmq.compatibility.GrpcClients.plain;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.rocketmq.client.apis.producer.Producer;
import org.apache.rocketmq.client.apis.producer.SendReceipt;
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
