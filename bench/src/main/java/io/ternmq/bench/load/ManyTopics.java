package io.ternmq.bench.load;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Options;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** Uses many topics once: each is made by the message that is sent to it. */
public final class ManyTopics {
    private static final int BODY_BYTES = 100;

    private final Options options;
    private final PrintStream out;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    /** @param options {@code --connect}, {@code --topics 10000}, {@code --threads 4} */
    public ManyTopics(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs and prints.
     *
     * @return 0, or 3 when there were errors
     */
    public int run() throws MQClientException, InterruptedException {
        int topics = options.count("topics", 10_000);
        DefaultMQProducer producer = Producers.connect(options.text("connect", "127.0.0.1:9876"), "bench_topics");
        List<Thread> threads = new ArrayList<>();
        long startMs = System.currentTimeMillis();
        for (int i = options.count("threads", 4); i > 0; i--) {
            Thread thread = new Thread(() -> use(producer, topics), "topics-" + i);
            thread.start();
            threads.add(thread);
        }
        options.refuseUnknown();
        for (Thread thread : threads) {
            thread.join();
        }
        out.println(new JsonLine()
                .put("topics", topics)
                .put("seconds", (System.currentTimeMillis() - startMs) / 1e3)
                .put("errors", failed.get()));
        out.flush();
        return failed.get() > 0 ? 3 : 0;
    }

    private void use(DefaultMQProducer producer, int topics) {
        for (int i = next.getAndIncrement(); i < topics; i = next.getAndIncrement()) {
            try {
                producer.send(new Message("bench_topic_" + i, new byte[BODY_BYTES]));
            } catch (MQClientException | RemotingException | MQBrokerException e) {
                failed.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
