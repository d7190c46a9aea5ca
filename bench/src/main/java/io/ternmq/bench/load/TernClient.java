package io.ternmq.bench.load;

import io.ternmq.Message;
import io.ternmq.Producer;
import io.ternmq.SendReceipt;
import io.ternmq.Subscription;
import io.ternmq.TernMQ;
import io.ternmq.bench.measure.Options;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** This project's own client. */
final class TernClient implements LoadClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final TernMQ mq;
    private final Producer producer;
    private final Message template;

    private TernClient(TernMQ mq, String topic) {
        this.mq = mq;
        this.producer = mq.producer().timeout(TIMEOUT).attempts(1).open();
        this.template = Message.to(topic);
    }

    static TernClient start(Options options, String topic) {
        TernMQ mq = TernMQ.open("tern://" + options.text("connect", "127.0.0.1:9876"));
        int queues = options.count("queues", 4);
        if (queues > 0) {
            mq.admin().putTopic(topic, queues);
        }
        return new TernClient(mq, topic);
    }

    @Override
    public void send(byte[] body) {
        SendReceipt unused = producer.send(template.body(body));
    }

    @Override
    public void sendAsync(byte[] body, Acknowledgement done) {
        CompletableFuture<SendReceipt> unused = producer.sendAsync(template.body(body))
                .whenComplete((receipt, failure) -> {
                    if (failure == null) {
                        done.succeeded();
                    } else {
                        done.failed(failure);
                    }
                });
    }

    @Override
    public Arrivals consume(Options options, String topic, String group, Tally tally) {
        Subscription unused = mq.consumer(group)
                .on(topic, message -> tally.onReceived(message.body()))
                .concurrency(options.count("consume-threads", Arrivals.THREADS))
                .start();
        return new Arrivals(tally);
    }
}
