package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** A producer at work: sends numbered messages one after the other, and remembers which were acknowledged and by which queue. */
final class Load implements AutoCloseable {
    private final DefaultMQProducer producer;
    private final String topic;
    private final Thread thread;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<Exception> refusals = new CopyOnWriteArrayList<>();
    private volatile int lastQueueId = -1;
    private volatile boolean stopping;

    private Load(DefaultMQProducer producer, String topic) {
        this.producer = producer;
        this.topic = topic;
        this.thread = new Thread(this::send, "load");
    }

    static Load start(DefaultMQProducer producer, String topic) {
        var load = new Load(producer, topic);
        load.thread.start();
        return load;
    }

    /** The bodies of all messages that were acknowledged so far. */
    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    int count() {
        return acknowledged.size();
    }

    /** Where the last message went; -1 before the first. */
    int lastQueueId() {
        return lastQueueId;
    }

    /** Why sends failed, one after the other. */
    List<Exception> refusals() {
        return refusals;
    }

    /** Waits until so many more were acknowledged. */
    void awaitMore(int more) {
        int before = count();
        Waiting.soon().until(() -> count() >= before + more);
    }

    /** Ends the load. @return the bodies of all messages that were acknowledged */
    Set<String> stop() throws InterruptedException {
        stopping = true;
        thread.join();
        return acknowledged();
    }

    @Override
    public void close() {
        stopping = true;
    }

    private void send() {
        for (int number = 0; !stopping; number++) {
            String body = Integer.toString(number);
            try {
                SendResult result = producer.send(message(topic, body));
                acknowledged.add(body);
                lastQueueId = result.getMessageQueue().getQueueId();
            } catch (MQBrokerException | MQClientException | RemotingException e) {
                refusals.add(e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
