package io.ternmq.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.ClientConfig;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The clients of one test: makes them, points them at the broker, and closes them when the test has ended. Names of topics and groups
 * are unique, so tests share a broker without meeting.
 */
@SuppressWarnings("deprecation") // the plain pull consumer is deprecated and still used by many
final class RocketMqClients implements BeforeEachCallback, AfterEachCallback {
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int READ_WRITE = 6;

    /** Longer than the clients' own three seconds, after which they close the connection: a build machine may be busy. */
    private static final int TIMEOUT_MS = 15_000;

    private final Deque<Runnable> closers = new ArrayDeque<>();
    private String address = "";
    private @Nullable SharedBroker broker;
    private @Nullable DefaultMQAdminExt admin;

    @Override
    public void beforeEach(ExtensionContext context) {
        broker = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(SharedBroker.class, key -> new SharedBroker(), SharedBroker.class);
        address = broker.address();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeClients();
    }

    /** Closes what was opened so far, before the test's end: the broker goes away, or shall see them go. */
    void closeClients() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }

    /** From now on clients are pointed at this name server instead of at the shared broker's. */
    void connectTo(String newAddress) {
        address = newAddress;
    }

    /** The name server's address. */
    String address() {
        return address;
    }

    /** How much memory the shared broker occupies; 0 when it is not ours to look at. */
    long brokerResidentBytes() throws IOException {
        return Objects.requireNonNull(broker).residentBytes();
    }

    /** What runs at the end of the test, before all that was registered earlier. */
    void atEnd(Runnable closer) {
        closers.push(closer);
    }

    static String uniqueName(String prefix) {
        return prefix + "-" + RUN + "-" + NAMES.incrementAndGet();
    }

    // ---------------------------------------------------------------- topics and groups

    /** A topic's name that nobody has used. */
    static String newTopic() {
        return uniqueName("topic");
    }

    /** A group's name that nobody has used. */
    static String newGroup() {
        return uniqueName("group");
    }

    /** A new topic with this many queues, known to the name server. */
    String topic(int queueCount) throws Exception {
        String topic = newTopic();
        putTopic(topic, queueCount, READ_WRITE);
        return topic;
    }

    void putTopic(String topic, int queueCount, int permission) throws Exception {
        admin().createAndUpdateTopicConfig(brokerAddress(), new TopicConfig(topic, queueCount, queueCount, permission));
        Waiting.soon()
                .ignoreExceptions()
                .until(() -> admin().examineTopicRouteInfo(topic).getQueueDatas().stream()
                        .anyMatch(
                                queues -> queues.getWriteQueueNums() == queueCount && queues.getPerm() == permission));
    }

    /** The queues of a topic, by number. */
    List<MessageQueue> queuesOf(String topic) throws Exception {
        var queues = new ArrayList<MessageQueue>();
        for (var data : admin().examineTopicRouteInfo(topic).getQueueDatas()) {
            IntStream.range(0, data.getReadQueueNums())
                    .forEach(queueId -> queues.add(new MessageQueue(topic, data.getBrokerName(), queueId)));
        }
        queues.sort(Comparator.comparingInt(MessageQueue::getQueueId));
        return queues;
    }

    MessageQueue onlyQueueOf(String topic) throws Exception {
        var queues = queuesOf(topic);
        if (queues.size() != 1) {
            throw new IllegalStateException(topic + " has " + queues.size() + " queues (expected: 1)");
        }
        return queues.get(0);
    }

    // ---------------------------------------------------------------- clients

    DefaultMQAdminExt admin() {
        var existing = admin;
        if (existing != null) {
            return existing;
        }
        var created = new DefaultMQAdminExt(uniqueName("admin"), TIMEOUT_MS);
        prepare(created);
        try {
            created.start();
        } catch (MQClientException e) {
            throw new IllegalStateException(e);
        }
        atEnd(() -> {
            created.shutdown();
            admin = null;
        });
        admin = created;
        return created;
    }

    String brokerAddress() throws Exception {
        var clusters = admin().examineBrokerClusterInfo();
        return clusters.getBrokerAddrTable().values().iterator().next().selectBrokerAddr();
    }

    String brokerName() throws Exception {
        return admin().examineBrokerClusterInfo()
                .getBrokerAddrTable()
                .keySet()
                .iterator()
                .next();
    }

    String clusterName() throws Exception {
        return admin().examineBrokerClusterInfo()
                .getClusterAddrTable()
                .keySet()
                .iterator()
                .next();
    }

    /** A started producer. */
    DefaultMQProducer producer() throws MQClientException {
        return start(newProducer());
    }

    /** A producer to be set up further and then given to {@link #start}. */
    DefaultMQProducer newProducer() {
        var producer = new DefaultMQProducer(newGroup());
        producer.setSendMsgTimeout(TIMEOUT_MS);
        prepare(producer);
        return producer;
    }

    DefaultMQProducer start(DefaultMQProducer producer) throws MQClientException {
        producer.start();
        atEnd(producer::shutdown);
        return producer;
    }

    /** A push consumer that reads a new group's queues from the beginning; to be given a listener and {@link #start started}. */
    DefaultMQPushConsumer newPushConsumer(String group, String topic, String tags) throws MQClientException {
        var consumer = new DefaultMQPushConsumer(group);
        prepare(consumer);
        consumer.setConsumeThreadMin(2);
        consumer.setConsumeThreadMax(4);
        consumer.setConsumeFromWhere(org.apache.rocketmq.common.consumer.ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, tags);
        return consumer;
    }

    DefaultMQPushConsumer newPushConsumer(String group, String topic) throws MQClientException {
        return newPushConsumer(group, topic, "*");
    }

    DefaultMQPushConsumer start(DefaultMQPushConsumer consumer) throws MQClientException {
        consumer.start();
        atEnd(consumer::shutdown);
        return consumer;
    }

    /** A started push consumer with this listener. */
    DefaultMQPushConsumer consume(String group, String topic, Collected collected) throws MQClientException {
        var consumer = newPushConsumer(group, topic);
        consumer.registerMessageListener(collected);
        return start(consumer);
    }

    /** A started plain pull consumer. */
    DefaultMQPullConsumer pullConsumer(String group) throws MQClientException {
        var consumer = new DefaultMQPullConsumer(group);
        prepare(consumer);
        return start(consumer);
    }

    DefaultMQPullConsumer start(DefaultMQPullConsumer consumer) throws MQClientException {
        consumer.start();
        atEnd(consumer::shutdown);
        return consumer;
    }

    /** A lite pull consumer to be set up further and then given to {@link #start}. */
    DefaultLitePullConsumer newLitePullConsumer(String group) {
        var consumer = new DefaultLitePullConsumer(group);
        prepare(consumer);
        consumer.setPullThreadNums(2);
        return consumer;
    }

    DefaultLitePullConsumer start(DefaultLitePullConsumer consumer) throws MQClientException {
        consumer.start();
        atEnd(consumer::shutdown);
        return consumer;
    }

    void prepare(ClientConfig client) {
        client.setNamesrvAddr(address);
        client.setInstanceName(uniqueName("instance"));
        client.setClientIP("127.0.0.1");
        client.setVipChannelEnabled(false);
        client.setMqClientApiTimeout(TIMEOUT_MS);
    }

    // ---------------------------------------------------------------- messages

    static Message message(String topic, String body) {
        return new Message(topic, body.getBytes(UTF_8));
    }

    /** Sends this many bodies, the prefix followed by 0, 1 and so on, one after the other. */
    static List<SendResult> send(DefaultMQProducer producer, String topic, String prefix, int count) throws Exception {
        var results = new ArrayList<SendResult>();
        for (String body : bodies(prefix, count)) {
            results.add(producer.send(message(topic, body)));
        }
        return results;
    }

    static List<String> bodies(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(number -> prefix + number).toList();
    }

    /** Waits until the topic holds this many messages and returns them, queue after queue, each in its order. */
    List<MessageExt> messagesOf(String topic, int count) throws Exception {
        var queues = queuesOf(topic);
        Waiting.soon().until(() -> countOf(queues) >= count);
        var reader = pullConsumer(newGroup());
        var messages = new ArrayList<MessageExt>();
        for (MessageQueue queue : queues) {
            long offset = admin().minOffset(queue);
            long end = admin().maxOffset(queue);
            while (offset < end) {
                PullResult result = reader.pull(queue, "*", offset, 32);
                if (result.getMsgFoundList() != null) {
                    messages.addAll(result.getMsgFoundList());
                }
                offset = result.getNextBeginOffset();
            }
        }
        return messages;
    }

    private long countOf(List<MessageQueue> queues) throws MQClientException {
        long count = 0;
        for (MessageQueue queue : queues) {
            count += admin().maxOffset(queue) - admin().minOffset(queue);
        }
        return count;
    }

    // ---------------------------------------------------------------- assignment

    /** The numbers of the queues of a topic that this consumer has at the moment. */
    static List<Integer> assignedQueues(DefaultMQPushConsumer consumer, String topic) {
        return consumer.getDefaultMQPushConsumerImpl().getRebalanceImpl().getProcessQueueTable().keySet().stream()
                .filter(queue -> queue.getTopic().equals(topic))
                .map(MessageQueue::getQueueId)
                .sorted()
                .toList();
    }

    /** Waits until the consumer has counted this many messages of a topic as consumed, which it does after its listener. */
    static void awaitConsumed(DefaultMQPushConsumer consumer, String topic, int count) {
        var offsets = consumer.getDefaultMQPushConsumerImpl().getOffsetStore();
        Waiting.soon()
                .until(() -> offsets.cloneOffsetTable(topic).values().stream()
                                .mapToLong(Long::longValue)
                                .sum()
                        == count);
    }

    /**
     * Waits until the consumer reads its group's retry topic. That topic begins with the group's first heartbeat, and a client
     * finds it only at its next look at the name server and its next rebalance, which this hurries.
     */
    static void awaitRetryQueues(DefaultMQPushConsumer consumer) {
        String retryTopic = "%RETRY%" + consumer.getConsumerGroup();
        var client = consumer.getDefaultMQPushConsumerImpl();
        Waiting.soon().until(() -> {
            client.getmQClientFactory().updateTopicRouteInfoFromNameServer(retryTopic);
            client.doRebalance();
            return !assignedQueues(consumer, retryTopic).isEmpty();
        });
    }
}
