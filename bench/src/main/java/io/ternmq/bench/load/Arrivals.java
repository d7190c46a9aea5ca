package io.ternmq.bench.load;

import io.ternmq.bench.measure.Options;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** A consumer in a group of its own that counts into the tally; RocketMQ's own push consumer can be made here. */
final class Arrivals {
    static final int THREADS = 20;
    /** As many as RocketMQ's broker gives at once. */
    private static final int POP_COUNT = 32;

    private static final int PROBES_EACH_TIME = 8;
    private static final int PROBE_ROUNDS_MAX = 30;
    private static final long PROBE_WAIT_MS = 2_000;
    private static final long LOOK_MS = 20;
    private static final long SILENCE_MS = 10_000;

    private final Tally tally;

    /** @param tally is told of each message by a consumer, which runs until the process ends */
    Arrivals(Tally tally) {
        this.tally = tally;
    }

    static Arrivals start(Options options, String topic, String name, Tally tally, Producers producers)
            throws MQClientException, InterruptedException {
        ConsumeMode mode = ConsumeMode.parse(options.text("consume-mode", "push"));
        int threads = options.count("consume-threads", THREADS);
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(name);
        consumer.setNamesrvAddr(options.text("connect", "127.0.0.1:9876"));
        consumer.setInstanceName(name);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setConsumeThreadMin(threads);
        consumer.setConsumeThreadMax(threads);
        consumer.subscribe(topic, "*");
        if (mode == ConsumeMode.ORDERLY) {
            consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
                messages.forEach(message -> tally.onReceived(message.getBody()));
                return ConsumeOrderlyStatus.SUCCESS;
            });
        } else {
            consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                messages.forEach(message -> tally.onReceived(message.getBody()));
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
        }
        if (mode == ConsumeMode.POP) {
            readByLease(consumer, producers);
        }
        consumer.start();
        return new Arrivals(tally);
    }

    private static void readByLease(DefaultMQPushConsumer consumer, Producers producers)
            throws MQClientException, InterruptedException {
        consumer.setClientRebalance(false);
        consumer.setPopBatchNums(POP_COUNT);
        try {
            producers.readByLease(consumer.getConsumerGroup());
        } catch (RemotingException | MQBrokerException failure) {
            throw new MQClientException("consume-mode: pop was refused", failure);
        }
    }

    /** Sends probes until one round of them has arrived: from then on nothing is measured but the way. */
    void awaitReady(LoadClient client, Payload payload) throws InterruptedException {
        for (int round = 0; round < PROBE_ROUNDS_MAX; round++) {
            for (int i = 0; i < PROBES_EACH_TIME; i++) {
                try {
                    client.send(payload.body(Payload.PROBE, System.nanoTime()));
                } catch (InterruptedException stop) {
                    throw stop;
                } catch (Exception notYet) { // each client has its own
                    TimeUnit.MILLISECONDS.sleep(LOOK_MS);
                }
            }
            for (long waitedMs = 0; waitedMs < PROBE_WAIT_MS; waitedMs += LOOK_MS) {
                if (tally.probeCount() >= PROBES_EACH_TIME) {
                    TimeUnit.MILLISECONDS.sleep(PROBE_WAIT_MS / 2);
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        }
        throw new IllegalStateException("the consumer received " + tally.probeCount() + " probes");
    }

    /** Until everything acknowledged has come, or nothing has for a while. */
    void awaitAll() throws InterruptedException {
        long lastCount = -1;
        for (long silentMs = 0; silentMs < SILENCE_MS; silentMs += LOOK_MS) {
            long count = tally.receivedCount();
            if (count >= tally.acknowledgedCount()) {
                return;
            }
            if (count != lastCount) {
                lastCount = count;
                silentMs = 0;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }
}
