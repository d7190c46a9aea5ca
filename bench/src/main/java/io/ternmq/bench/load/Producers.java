package io.ternmq.bench.load;

import io.ternmq.bench.measure.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** The official producer, with what would blur a measurement (retries, compression) switched off. Any thread. */
final class Producers implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;
    private static final int CREATE_TRIES_MAX = 40;
    private static final long CREATE_PAUSE_MS = 250;

    private final DefaultMQProducer producer;
    private final String topic;

    private Producers(DefaultMQProducer producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** Connects, and makes the topic unless told not to. */
    static Producers start(Options options, String topic, String name) throws MQClientException, InterruptedException {
        DefaultMQProducer producer = connect(options.text("connect", "127.0.0.1:9876"), name);
        Producers producers = new Producers(producer, topic);
        int queues = options.count("queues", 4);
        if (queues > 0) {
            producers.createTopic(queues);
        }
        return producers;
    }

    static DefaultMQProducer connect(String nameServer, String name) throws MQClientException {
        DefaultMQProducer producer = new DefaultMQProducer(name);
        producer.setNamesrvAddr(nameServer);
        producer.setInstanceName(name);
        producer.setSendMsgTimeout(TIMEOUT_MS);
        producer.setRetryTimesWhenSendFailed(0);
        producer.setRetryTimesWhenSendAsyncFailed(0);
        producer.setCompressMsgBodyOverHowmuch(Integer.MAX_VALUE);
        producer.start();
        return producer;
    }

    @SuppressWarnings("deprecation") // the client has no other way without its administration tools
    private void createTopic(int queues) throws MQClientException, InterruptedException {
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

    void send(byte[] body) throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        check(producer.send(message(body)));
    }

    void sendBatch(List<byte[]> bodies)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        check(producer.send(messages(bodies)));
    }

    void sendOneWay(byte[] body) throws MQClientException, RemotingException, InterruptedException {
        producer.sendOneway(message(body));
    }

    void sendAsync(byte[] body, Acknowledgement done)
            throws MQClientException, RemotingException, InterruptedException {
        producer.send(message(body), callback(done));
    }

    void sendBatchAsync(List<byte[]> bodies, Acknowledgement done)
            throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
        producer.send(messages(bodies), callback(done));
    }

    private Message message(byte[] body) {
        return new Message(topic, body);
    }

    private List<Message> messages(List<byte[]> bodies) {
        List<Message> messages = new ArrayList<>(bodies.size());
        for (byte[] body : bodies) {
            messages.add(message(body));
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
}
