package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server is killed while producers send, again and again, on the same data. What it acknowledged must be there: once, at the
 * queue and offset that it named, without holes. {@code -Dternmq.crash.rounds} says how often, {@code -Dternmq.crash.seed} replays
 * the moments of the kills as well as moments can be replayed.
 */
@SuppressWarnings("deprecation") // the plain pull consumer says exactly which offsets there are
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("ternmq.crash.rounds", 3);
    private static final int SENDERS = 4;
    private static final int QUEUES = 3;
    private static final int BATCH_SIZE = 5;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    /** What the server has acknowledged: queue and offset to body. */
    private final Map<Place, String> acknowledged = new ConcurrentHashMap<>();

    private final AtomicInteger bodyNumbers = new AtomicInteger();

    private record Place(int queueId, long offset) {}

    /** What a process has handed to the operating system outlives it, forced or not. */
    @ParameterizedTest
    @ValueSource(strings = {"sync", "async"})
    void nothingThatWasAcknowledgedIsLostOrDoubledByKills(String flushMode) throws Exception {
        long seed = Long.getLong("ternmq.crash.seed", new Random().nextLong());
        var random = new Random(seed);
        try (var server = ServerProcess.start(Map.of("flush.mode", flushMode))) {
            mq.connectTo(server.address());
            String topic = mq.topic(QUEUES);
            String group = newGroup();
            long storedOffset = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                sendUntilKilled(server, topic, Duration.ofMillis(100 + random.nextInt(900)));
                server.startAgain();
                String where = flushMode + ", seed " + seed + ", round " + round;
                verify(where, topic);
                storedOffset = verifyAndStoreOffset(where, topic, group, storedOffset);
                mq.closeClients();
            }
            assertThat(acknowledged).as("seed %d", seed).isNotEmpty();
        }
    }

    private void sendUntilKilled(ServerProcess server, String topic, Duration lifetime) throws Exception {
        var queues = mq.queuesOf(topic);
        var killed = new AtomicBoolean();
        int acknowledgedBefore = acknowledged.size();
        var senders = new ArrayList<Thread>();
        for (int i = 0; i < SENDERS; i++) {
            var producer = mq.newProducer();
            producer.setRetryTimesWhenSendFailed(0);
            mq.start(producer);
            boolean inBatches = i == 0;
            var sender = new Thread(() -> sendUntil(killed, producer, topic, queues, inBatches), "sender" + i);
            senders.add(sender);
            sender.start();
        }
        Waiting.soon().until(() -> acknowledged.size() > acknowledgedBefore);
        Waiting.letPass(lifetime);
        server.kill();
        killed.set(true);
        for (Thread sender : senders) {
            sender.join();
        }
        mq.closeClients();
    }

    private void sendUntil(
            AtomicBoolean killed,
            DefaultMQProducer producer,
            String topic,
            List<MessageQueue> queues,
            boolean inBatches) {
        for (int i = 0; !killed.get(); i++) {
            try {
                MessageQueue queue = queues.get(i % queues.size());
                if (inBatches) {
                    sendBatch(producer, topic, queue);
                } else {
                    sendOne(producer, topic, queue);
                }
            } catch (MQClientException | MQBrokerException | RemotingException e) {
                // not acknowledged: it may be there or not
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void sendOne(DefaultMQProducer producer, String topic, MessageQueue queue)
            throws MQClientException, MQBrokerException, RemotingException, InterruptedException {
        String body = nextBody();
        SendResult result = producer.send(RocketMqClients.message(topic, body), queue, 2_000);
        if (result.getSendStatus() == SendStatus.SEND_OK) {
            acknowledge(result.getMessageQueue().getQueueId(), result.getQueueOffset(), body);
        }
    }

    private void sendBatch(DefaultMQProducer producer, String topic, MessageQueue queue)
            throws MQClientException, MQBrokerException, RemotingException, InterruptedException {
        var batch = new ArrayList<Message>();
        for (int i = 0; i < BATCH_SIZE; i++) {
            batch.add(RocketMqClients.message(topic, nextBody()));
        }
        SendResult result = producer.send(batch, queue, 2_000);
        if (result.getSendStatus() == SendStatus.SEND_OK) {
            for (int i = 0; i < BATCH_SIZE; i++) {
                acknowledge(
                        result.getMessageQueue().getQueueId(),
                        result.getQueueOffset() + i,
                        new String(batch.get(i).getBody(), UTF_8));
            }
        }
    }

    private String nextBody() {
        int number = bodyNumbers.incrementAndGet();
        return number + "-" + "x".repeat(number % 3_000);
    }

    private void acknowledge(int queueId, long offset, String body) {
        String earlier = acknowledged.put(new Place(queueId, offset), body);
        assertThat(earlier)
                .as("acknowledged twice: queue %d, offset %d", queueId, offset)
                .isNull();
    }

    private void verify(String where, String topic) throws Exception {
        var found = new HashMap<Place, String>();
        Set<String> bodies = new HashSet<>();
        var reader = mq.pullConsumer(newGroup());
        for (MessageQueue queue : mq.queuesOf(topic)) {
            long end = mq.admin().maxOffset(queue);
            for (MessageExt message : read(reader, queue, end)) {
                String body = new String(message.getBody(), UTF_8);
                found.put(new Place(queue.getQueueId(), message.getQueueOffset()), body);
                assertThat(bodies.add(body)).as("%s: twice: %.20s", where, body).isTrue();
            }
            for (long offset = 0; offset < end; offset++) {
                assertThat(found).as("%s: hole", where).containsKey(new Place(queue.getQueueId(), offset));
            }
        }
        assertThat(found).as(where).containsAllEntriesOf(acknowledged);
    }

    private static List<MessageExt> read(DefaultMQPullConsumer reader, MessageQueue queue, long end) throws Exception {
        var messages = new ArrayList<MessageExt>();
        long offset = 0;
        while (offset < end) {
            PullResult result = reader.pull(queue, "*", offset, 32);
            if (result.getMsgFoundList() != null) {
                messages.addAll(result.getMsgFoundList());
            }
            assertThat(result.getNextBeginOffset()).isGreaterThan(offset);
            offset = result.getNextBeginOffset();
        }
        return messages;
    }

    /** The group's offset is the one that the round before stored; now it is moved to the end of the first queue. */
    private long verifyAndStoreOffset(String where, String topic, String group, long storedOffset) throws Exception {
        MessageQueue queue = mq.queuesOf(topic).get(0);
        var consumer = mq.pullConsumer(group);
        assertThat(consumer.fetchConsumeOffset(queue, true))
                .as("%s: stored offset", where)
                .isEqualTo(storedOffset);
        long end = mq.admin().maxOffset(queue);
        consumer.pull(queue, "*", 0, 1); // a group begins with its first pull or heartbeat
        consumer.getDefaultMQPullConsumerImpl().getOffsetStore().updateConsumeOffsetToBroker(queue, end, false);
        return end;
    }
}
