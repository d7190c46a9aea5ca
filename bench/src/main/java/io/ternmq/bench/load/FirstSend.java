package io.ternmq.bench.load;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Options;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.exception.RemotingException;

/**
 * Started before the server, tries until one message is acknowledged: {@code ready_ms} when it begins to try,
 * {@code first_send_ms} when it succeeded, both in milliseconds since 1970.
 */
public final class FirstSend {
    private static final long PAUSE_MS = 5;
    private static final int BODY_BYTES = 100;

    private final Options options;
    private final PrintStream out;

    /** @param options {@code --connect}, {@code --topic}, {@code --seconds}: how long to try */
    public FirstSend(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs and prints.
     *
     * @return 0, or 3 when no message was acknowledged in time
     */
    public int run() throws MQClientException, InterruptedException {
        String topic = options.text("topic", "bench_first_" + System.currentTimeMillis());
        long deadlineMs = System.currentTimeMillis() + options.secondsAsMs("seconds", 120);
        DefaultMQProducer producer = Producers.connect(options.text("connect", "127.0.0.1:9876"), "bench_first");
        options.refuseUnknown();
        print(new JsonLine().put("ready_ms", System.currentTimeMillis()));
        for (long tries = 1; System.currentTimeMillis() < deadlineMs; tries++) {
            try {
                producer.send(new Message(topic, new byte[BODY_BYTES]));
                print(new JsonLine()
                        .put("first_send_ms", System.currentTimeMillis())
                        .put("tries", tries));
                return 0;
            } catch (MQClientException | RemotingException | MQBrokerException | IllegalStateException notYet) {
                // The client says it cannot connect by an IllegalStateException.
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        }
        return 3;
    }

    private void print(JsonLine line) {
        out.println(line);
        out.flush();
    }
}
