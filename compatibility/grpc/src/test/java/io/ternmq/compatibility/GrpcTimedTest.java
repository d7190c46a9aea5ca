package io.ternmq.compatibility;

import static io.ternmq.compatibility.GrpcClients.message;
import static io.ternmq.compatibility.GrpcClients.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.apis.producer.Producer;
import org.apache.rocketmq.client.apis.producer.SendReceipt;
import org.apache.rocketmq.client.apis.producer.Transaction;
import org.apache.rocketmq.client.apis.producer.TransactionResolution;
import org.apache.rocketmq.client.java.exception.BadRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that wait, for a time or for a decision. */
@ExtendWith(GrpcServers.class)
class GrpcTimedTest {
    @Test
    void aDelayedMessageComesAtItsTimeAndARecalledOneNever(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("later");
            var received = new Received();
            clients.pushConsumer(clients.group("patient", false, 3), topic, received);
            Producer producer = clients.producer(topic);
            long dueMs = System.currentTimeMillis() + 2_500;

            SendReceipt recalled = producer.send(
                    message(topic, "recalled").setDeliveryTimestamp(dueMs - 500).build());
            SendReceipt kept = producer.send(
                    message(topic, "kept").setDeliveryTimestamp(dueMs).build());
            assertThat(producer.recallMessage(topic, recalled.getRecallHandle()).getMessageId())
                    .isEqualTo(recalled.getMessageId());

            received.await(1);
            assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(dueMs);
            assertThat(received.bodies()).containsExactly("kept");
            assertThat(received.messages().get(0).getDeliveryTimestamp()).contains(dueMs);
            assertThatThrownBy(() -> producer.recallMessage(topic, kept.getRecallHandle()))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("delivered already");
        }
    }

    @Test
    void aTransactionIsSeenOnceItIsCommittedAndNotWhenItIsRolledBack(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("money");
            var received = new Received();
            clients.pushConsumer(clients.group("bank", false, 3), topic, received);
            Producer producer = clients.producer(message -> TransactionResolution.UNKNOWN, topic);

            Transaction rolledBack = producer.beginTransaction();
            producer.send(plain(topic, "rolled back"), rolledBack);
            rolledBack.rollback();
            Transaction committed = producer.beginTransaction();
            producer.send(message(topic, "committed").setTag("t").build(), committed);
            committed.commit();

            received.await(1);
            assertThat(received.bodies()).containsExactly("committed");
            assertThat(received.messages().get(0).getTag()).contains("t");
        }
    }

    @Test
    void anOrphanedTransactionIsAskedAbout(ServerProcess server) throws Exception {
        try (var clients = new GrpcClients(server)) {
            String topic = clients.topic("orphans");
            var received = new Received();
            clients.pushConsumer(clients.group("bank", false, 3), topic, received);
            var asked = new AtomicInteger();
            Producer producer = clients.producer(
                    message -> {
                        asked.incrementAndGet();
                        return Received.body(message).equals("yes")
                                ? TransactionResolution.COMMIT
                                : TransactionResolution.ROLLBACK;
                    },
                    topic);

            producer.send(plain(topic, "no"), producer.beginTransaction());
            producer.send(plain(topic, "yes"), producer.beginTransaction());

            received.await(1);
            Waiting.soon().until(() -> asked.get() >= 2);
            assertThat(received.bodies()).containsExactly("yes");
        }
    }
}
