package io.ternmq.bench.load;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Options;
import java.io.PrintStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.exception.RemotingException;

/**
 * Sends timed messages and, of those that come due while it runs, measures how late each comes.
 * <pre>
 *   --connect HOST:PORT
 *   --pending 1000000    due during the day that begins in an hour
 *   --due 200000         due one after the other while this runs
 *   --rate 10000         so many of these each second
 *   --lead 30            seconds until the first of these is due; must suffice to send them all
 *   --size 100           --inflight 2000
 * </pre>
 */
public final class TimerLoad {
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long LATENESS_MS_MAX = TimeUnit.HOURS.toMillis(1);
    private static final long SILENCE_MS = 20_000;
    private static final long LOOK_MS = 50;
    private static final int MS_PER_S = 1_000;

    private final String nameServer;
    private final int pendingCount;
    private final int dueCount;
    private final int ratePerSecond;
    private final long leadMs;
    private final int inFlightMax;
    private final Payload payload;
    private final PrintStream out;
    private final String name = "timers_" + ProcessHandle.current().pid() + "_" + System.currentTimeMillis();
    private final Semaphore permits;
    private final AtomicLong failedCount = new AtomicLong();
    private final SequenceSet received = new SequenceSet();
    private final AtomicLong receivedCount = new AtomicLong();
    private final AtomicLong duplicateCount = new AtomicLong();
    private final AtomicLong earlyCount = new AtomicLong();
    private final Histogram lateness = new ConcurrentHistogram(LATENESS_MS_MAX, 3);

    /**
     * Reads what shall be done.
     *
     * @throws IllegalArgumentException when an option is wrong
     */
    public TimerLoad(Options options, PrintStream out) {
        this.out = out;
        nameServer = options.text("connect", "127.0.0.1:9876");
        pendingCount = options.count("pending", 1_000_000);
        dueCount = options.count("due", 200_000);
        ratePerSecond = options.count("rate", 10_000);
        leadMs = options.secondsAsMs("lead", 30);
        inFlightMax = options.count("inflight", 2_000);
        permits = new Semaphore(inFlightMax);
        payload = new Payload(System.nanoTime(), options.count("size", 100));
        options.refuseUnknown();
    }

    /**
     * Runs and prints.
     *
     * @return 0, or 3 when something failed, was lost, came twice or came early
     * @throws InterruptedException when it shall end
     */
    public int run() throws MQClientException, InterruptedException {
        DefaultMQProducer producer = Producers.connect(nameServer, name);
        long startNs = System.nanoTime();
        long firstMs = System.currentTimeMillis() + HOUR_MS;
        for (int i = 0; i < pendingCount; i++) {
            send(producer, name + "_pending", Payload.PROBE, firstMs + DAY_MS * i / pendingCount);
        }
        awaitAnswers();
        double pendingSeconds = (System.nanoTime() - startNs) / 1e9;
        long dueMs = System.currentTimeMillis() + leadMs;
        for (int i = 0; i < dueCount; i++) {
            send(producer, name, i, dueMs + (long) i * MS_PER_S / ratePerSecond);
        }
        awaitAnswers();
        boolean inTime = System.currentTimeMillis() < dueMs;
        DefaultMQPushConsumer consumer = consume();
        awaitAll();
        out.println(new JsonLine()
                .put("pending", pendingCount)
                .put("pending_msg_s", pendingCount / pendingSeconds)
                .put("due", dueCount)
                .put("all_sent_before_the_first_was_due", inTime ? "yes" : "no")
                .put("received", receivedCount.get())
                .put("duplicates", duplicateCount.get())
                .put("early", earlyCount.get())
                .put("errors", failedCount.get())
                .put("late_p50_ms", lateness.getValueAtPercentile(50))
                .put("late_p99_ms", lateness.getValueAtPercentile(99))
                .put("late_max_ms", lateness.getMaxValue()));
        out.flush();
        consumer.shutdown();
        boolean good = receivedCount.get() == dueCount && failedCount.get() == 0;
        return good && duplicateCount.get() == 0 && earlyCount.get() == 0 ? 0 : 3;
    }

    private void send(DefaultMQProducer producer, String topic, long sequence, long dueMs)
            throws MQClientException, InterruptedException {
        Message message = new Message(topic, payload.body(sequence, dueMs));
        message.setDeliverTimeMs(dueMs);
        permits.acquire();
        try {
            producer.send(message, new SendCallback() {
                @Override
                public void onSuccess(SendResult result) {
                    permits.release();
                }

                @Override
                public void onException(Throwable failure) {
                    failedCount.incrementAndGet();
                    permits.release();
                }
            });
        } catch (RemotingException failure) {
            failedCount.incrementAndGet();
            permits.release();
        }
    }

    private void awaitAnswers() throws InterruptedException {
        permits.acquire(inFlightMax);
        permits.release(inFlightMax);
    }

    private DefaultMQPushConsumer consume() throws MQClientException {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(name + "_group");
        consumer.setNamesrvAddr(nameServer);
        consumer.setInstanceName(name + "_consumer");
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(name, "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            long nowMs = System.currentTimeMillis();
            messages.forEach(message -> arrived(message.getBody(), nowMs));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        return consumer;
    }

    private void arrived(byte[] body, long nowMs) {
        if (!received.add(Payload.sequence(body))) {
            duplicateCount.incrementAndGet();
            return;
        }
        receivedCount.incrementAndGet();
        long lateMs = nowMs - Payload.sentNs(body);
        if (lateMs < 0) {
            earlyCount.incrementAndGet();
        }
        lateness.recordValue(Math.max(0, lateMs));
    }

    private void awaitAll() throws InterruptedException {
        long silentMs = -leadMs;
        long lastCount = 0;
        while (receivedCount.get() < dueCount && silentMs < SILENCE_MS) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            silentMs = receivedCount.get() == lastCount ? silentMs + LOOK_MS : 0;
            lastCount = receivedCount.get();
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MS * 20); // for duplicates
    }
}
