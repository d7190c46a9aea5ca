package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.client.producer.TransactionSendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TransactionTest {
    private static final int MANY = 1_000;
    private static final int TRANSACTION_BITS = 3 << 2;
    private static final int COMMITTED = 2 << 2;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    private @Nullable ServerProcess server;

    @AfterEach
    void closeServer() {
        if (server != null) {
            mq.closeClients();
            server.close();
        }
    }

    /** A server that asks producers soon, and soon again. */
    private ServerProcess impatientServer(int checksMax) {
        Map<String, String> settings = Map.of(
                "transaction.timeout",
                "1s",
                "transaction.check-interval",
                "1s",
                "transaction.check-max",
                Integer.toString(checksMax));
        ServerProcess started = ServerProcess.start(settings);
        server = started;
        mq.connectTo(started.address());
        return started;
    }

    @Test
    void aCommittedMessageIsSeenOnceAsItWasSent() throws Exception {
        String topic = mq.topic(1);
        var collected = new Collected();
        mq.consume(newGroup(), topic, collected);
        var transactions = new Transactions(LocalTransactionState.COMMIT_MESSAGE);
        var producer = producer(newGroup(), transactions);
        var sent = message(topic, "paid");

        TransactionSendResult result = producer.sendMessageInTransaction(sent, "argument");

        assertThat(result.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        assertThat(result.getLocalTransactionState()).isEqualTo(LocalTransactionState.COMMIT_MESSAGE);
        assertThat(transactions.executed).containsExactly("paid");
        collected.awaitCount(1);
        producer.send(message(topic, "last"));
        collected.awaitCount(2);
        assertThat(collected.bodies()).containsExactlyInAnyOrder("paid", "last");
        MessageExt message = mq.messagesOf(topic, 2).get(0);
        assertThat(Collected.bodyOf(message)).isEqualTo("paid");
        assertThat(message.getTopic()).isEqualTo(topic);
        assertThat(message.getTags()).isEqualTo("blue");
        assertThat(message.getKeys()).isEqualTo("order-1");
        assertThat(message.getUserProperty("own")).isEqualTo("x");
        assertThat(message.getMsgId()).isEqualTo(result.getMsgId()).isEqualTo(result.getTransactionId());
        assertThat(message.getSysFlag() & TRANSACTION_BITS).isEqualTo(COMMITTED);
    }

    @Test
    void aMessageThatWasRolledBackIsNeverSeen() throws Exception {
        String topic = mq.topic(1);
        var rolledBack = new Transactions(LocalTransactionState.ROLLBACK_MESSAGE);
        producer(newGroup(), rolledBack).sendMessageInTransaction(message(topic, "rolled back"), null);
        var failing = new Transactions(body -> {
            throw new IllegalStateException("the local transaction fails");
        });
        producer(newGroup(), failing).sendMessageInTransaction(message(topic, "failed"), null);
        var committed = new Transactions(LocalTransactionState.COMMIT_MESSAGE);
        producer(newGroup(), committed).sendMessageInTransaction(message(topic, "committed"), null);

        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 1))).containsExactly("committed");
    }

    @Test
    void aProducerThatDidNotKnowIsAskedUntilItDoes() throws Exception {
        impatientServer(MANY);
        String topic = mq.topic(2);
        var transactions = new Transactions(LocalTransactionState.UNKNOW);
        transactions.answers = times -> times < 2 ? LocalTransactionState.UNKNOW : LocalTransactionState.COMMIT_MESSAGE;
        String body = "large enough to be compressed ".repeat(400);

        producer(newGroup(), transactions).sendMessageInTransaction(message(topic, body), null);

        MessageExt message = mq.messagesOf(topic, 1).get(0);
        assertThat(Collected.bodyOf(message)).isEqualTo(body);
        assertThat(message.getKeys()).isEqualTo("order-1");
        assertThat(transactions.asked).containsExactly(body, body);
        assertThat(transactions.askedTopics).containsOnly(topic);
        assertThat(transactions.askedIds).containsOnly(message.getMsgId());
    }

    @Test
    void anotherInstanceOfTheProducersGroupAnswersForOneThatHasGone() throws Exception {
        impatientServer(MANY);
        String topic = mq.topic(1);
        String group = newGroup();
        var gone = new Transactions(LocalTransactionState.UNKNOW);
        var first = producer(group, gone);
        first.sendMessageInTransaction(message(topic, "left behind"), null);
        first.shutdown();
        var heir = new Transactions(LocalTransactionState.UNKNOW);
        heir.answers = times -> LocalTransactionState.COMMIT_MESSAGE;
        producer(group, heir).send(message(mq.topic(1), "one that has sent nothing tells no broker of itself"));

        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 1))).containsExactly("left behind");
        assertThat(heir.asked).contains("left behind");
    }

    @Test
    void whatNobodyDecidesOnIsFoundByAnOperator() throws Exception {
        impatientServer(2);
        String topic = mq.topic(1);
        var transactions = new Transactions(LocalTransactionState.UNKNOW);
        producer(newGroup(), transactions).sendMessageInTransaction(message(topic, "forgotten"), null);

        Waiting.soon()
                .ignoreExceptions()
                .until(() -> mq.queuesOf("TRANS_CHECK_MAX_TIME_TOPIC").size() == 1);
        MessageExt message = mq.messagesOf("TRANS_CHECK_MAX_TIME_TOPIC", 1).get(0);
        assertThat(Collected.bodyOf(message)).isEqualTo("forgotten");
        assertThat(message.getProperty("REAL_TOPIC")).isEqualTo(topic);
        assertThat(transactions.asked).hasSizeBetween(1, 2);
    }

    @Test
    void aServerKilledBetweenSendAndCommitAsksAndTheMessageIsSeenOnce() throws Exception {
        ServerProcess killed = impatientServer(MANY);
        String topic = mq.topic(1);
        var transactions = new Transactions(body -> {
            killed.kill();
            return LocalTransactionState.COMMIT_MESSAGE;
        });
        transactions.answers = times -> LocalTransactionState.COMMIT_MESSAGE;
        var producer = producer(newGroup(), transactions);
        producer.sendMessageInTransaction(message(topic, "survivor"), null);
        killed.startAgain();
        Waiting.soon().ignoreExceptions().until(() -> mq.queuesOf(topic).size() == 1);

        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 1))).containsExactly("survivor");
        assertThat(transactions.asked).contains("survivor");
        transactions.executing = body -> LocalTransactionState.COMMIT_MESSAGE;
        producer.sendMessageInTransaction(message(topic, "next"), null);
        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 2))).containsExactly("survivor", "next");
    }

    private TransactionMQProducer producer(String group, Transactions transactions) throws MQClientException {
        var producer = new TransactionMQProducer(group);
        mq.prepare(producer);
        producer.setHeartbeatBrokerInterval(500);
        producer.setPollNameServerInterval(1_000);
        producer.setTransactionListener(transactions);
        mq.start(producer);
        return producer;
    }

    private static Message message(String topic, String body) {
        var message = RocketMqClients.message(topic, body);
        message.setTags("blue");
        message.setKeys("order-1");
        message.putUserProperty("own", "x");
        return message;
    }

    /** An application's side of transactions. */
    private static final class Transactions implements TransactionListener {
        final List<String> executed = new CopyOnWriteArrayList<>();
        final List<String> asked = new CopyOnWriteArrayList<>();
        final List<String> askedTopics = new CopyOnWriteArrayList<>();
        final List<String> askedIds = new CopyOnWriteArrayList<>();
        volatile Function<String, LocalTransactionState> executing;
        volatile Function<Integer, LocalTransactionState> answers = times -> LocalTransactionState.UNKNOW;

        Transactions(LocalTransactionState outcome) {
            this(body -> outcome);
        }

        Transactions(Function<String, LocalTransactionState> executing) {
            this.executing = executing;
        }

        @Override
        public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
            String body = new String(message.getBody(), java.nio.charset.StandardCharsets.UTF_8);
            executed.add(body);
            return executing.apply(body);
        }

        @Override
        public LocalTransactionState checkLocalTransaction(MessageExt message) {
            asked.add(Collected.bodyOf(message));
            askedTopics.add(message.getTopic());
            askedIds.add(message.getTransactionId());
            return answers.apply(asked.size());
        }
    }
}
