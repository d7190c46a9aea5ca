package io.ternmq.bench.load;

import io.ternmq.bench.measure.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.impl.factory.MQClientInstance;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.common.message.MessageRequestMode;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** The official producer, with what would blur a measurement (retries, compression) switched off. Any thread. */
final class Producers implements LoadClient, AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;
    private static final int ROUTES_EVERY_MS = 600_000;
    private static final int CREATE_TRIES_MAX = 40;
    private static final long CREATE_PAUSE_MS = 250;

    private final TransactionMQProducer producer;
    private final List<String> topics;
    private final int delayMs;
    private final AtomicInteger nextTopic = new AtomicInteger();

    private Producers(TransactionMQProducer producer, List<String> topics, int delayMs) {
        this.producer = producer;
        this.topics = topics;
        this.delayMs = delayMs;
    }

    /** Connects, and makes the topic, or as many as there shall be, unless told not to. */
    static Producers start(Options options, String topic, String name) throws MQClientException, InterruptedException {
        TransactionMQProducer producer = connect(options.text("connect", "127.0.0.1:9876"), name);
        int topicCount = options.count("topics", 1);
        List<String> topics = topicCount == 1
                ? List.of(topic)
                : IntStream.range(0, topicCount).mapToObj(i -> topic + "_" + i).toList();
        Producers producers = new Producers(producer, topics, options.count("delay-ms", 0));
        int queues = options.count("queues", 4);
        if (queues > 0) {
            for (String each : topics) {
                createTopic(producer, each, queues);
            }
        }
        return producers;
    }

    static TransactionMQProducer connect(String nameServer, String name) throws MQClientException {
        TransactionMQProducer producer = new TransactionMQProducer(name);
        producer.setTransactionListener(new CommitAtOnce());
        producer.setNamesrvAddr(nameServer);
        producer.setInstanceName(name);
        producer.setSendMsgTimeout(TIMEOUT_MS);
        producer.setRetryTimesWhenSendFailed(0);
        producer.setRetryTimesWhenSendAsyncFailed(0);
        // With many topics, asking again for their routes would be most of the load.
        producer.setPollNameServerInterval(ROUTES_EVERY_MS);
        producer.setCompressMsgBodyOverHowmuch(Integer.MAX_VALUE);
        producer.start();
        return producer;
    }

    @SuppressWarnings("deprecation") // the client has no other way without its administration tools
    static void createTopic(TransactionMQProducer producer, String topic, int queues)
            throws MQClientException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                producer.createTopic("TBW102", topic, queues, 0, Map.of("+message.type", "NORMAL"));
                return;
            } catch (MQClientException notYet) {
                if (tries == CREATE_TRIES_MAX) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(CREATE_PAUSE_MS);
            }
        }
    }

    @Override
    public void send(byte[] body) throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        check(producer.send(message(body)));
    }

    @Override
    public void sendInTransaction(byte[] body) throws MQClientException, MQBrokerException {
        check(producer.sendMessageInTransaction(message(body), null));
    }

    /** Has a group read a topic by lease instead of by offset; the group comes into being where it is new. */
    @SuppressWarnings("deprecation") // the client has no other way without its administration tools
    void readByLease(String group)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        for (String topic : topics) {
            for (MessageQueue queue : producer.fetchPublishMessageQueues(topic)) {
                MQClientInstance client = producer.getDefaultMQProducerImpl().getMqClientFactory();
                String address = client.findBrokerAddressInPublish(queue.getBrokerName());
                client.getMQClientAPIImpl()
                        .setMessageRequestMode(address, topic, group, MessageRequestMode.POP, 0, TIMEOUT_MS);
            }
        }
    }

    @Override
    public void sendBatch(List<byte[]> bodies)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        check(producer.send(messages(bodies)));
    }

    @Override
    public void sendOneWay(byte[] body) throws MQClientException, RemotingException, InterruptedException {
        producer.sendOneway(message(body));
    }

    @Override
    public void sendAsync(byte[] body, Acknowledgement done)
            throws MQClientException, RemotingException, InterruptedException {
        producer.send(message(body), callback(done));
    }

    @Override
    public void sendBatchAsync(List<byte[]> bodies, Acknowledgement done)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        producer.send(messages(bodies), callback(done));
    }

    @Override
    public Arrivals consume(Options options, String topic, String group, Tally tally)
            throws MQClientException, InterruptedException {
        return Arrivals.start(options, topic, group, tally, this);
    }

    /** Each in turn. */
    private String topic() {
        return topics.size() == 1
                ? topics.get(0)
                : topics.get(Math.floorMod(nextTopic.getAndIncrement(), topics.size()));
    }

    private Message message(byte[] body) {
        Message message = new Message(topic(), body);
        if (delayMs > 0) {
            message.setDelayTimeMs(delayMs);
        }
        return message;
    }

    private List<Message> messages(List<byte[]> bodies) {
        List<Message> messages = new ArrayList<>(bodies.size());
        String topic = topic();
        for (byte[] body : bodies) {
            messages.add(new Message(topic, body));
        }
        return messages;
    }

    private static void check(SendResult result) throws MQBrokerException {
        if (result.getSendStatus() != SendStatus.SEND_OK) {
            throw new MQBrokerException(0, "answered " + result.getSendStatus());
        }
    }

    private static SendCallback callback(Acknowledgement done) {
        return new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                if (result.getSendStatus() == SendStatus.SEND_OK) {
                    done.succeeded();
                } else {
                    done.failed(new MQBrokerException(0, "answered " + result.getSendStatus()));
                }
            }

            @Override
            public void onException(Throwable failure) {
                done.failed(failure);
            }
        };
    }

    @Override
    public void close() {
        producer.shutdown();
    }

    private static final class CommitAtOnce implements TransactionListener {
        @Override
        public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
            return LocalTransactionState.COMMIT_MESSAGE;
        }

        @Override
        public LocalTransactionState checkLocalTransaction(MessageExt message) {
            return LocalTransactionState.COMMIT_MESSAGE;
        }
    }
}
