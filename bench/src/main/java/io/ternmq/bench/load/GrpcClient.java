package io.ternmq.bench.load;

import io.ternmq.bench.measure.Options;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.client.apis.ClientConfiguration;
import org.apache.rocketmq.client.apis.ClientException;
import org.apache.rocketmq.client.apis.ClientServiceProvider;
import org.apache.rocketmq.client.apis.consumer.ConsumeResult;
import org.apache.rocketmq.client.apis.consumer.FilterExpression;
import org.apache.rocketmq.client.apis.consumer.PushConsumer;
import org.apache.rocketmq.client.apis.message.Message;
import org.apache.rocketmq.client.apis.producer.Producer;
import org.apache.rocketmq.client.apis.producer.SendReceipt;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.TransactionMQProducer;

/** The official gRPC client, over plain text. Its topic and group are made with the other protocol, as it can make none. */
final class GrpcClient implements LoadClient {
    private static final ClientServiceProvider PROVIDER = ClientServiceProvider.loadService();

    private final ClientConfiguration configuration;
    private final Producer producer;
    private final String topic;

    private GrpcClient(ClientConfiguration configuration, Producer producer, String topic) {
        this.configuration = configuration;
        this.producer = producer;
        this.topic = topic;
    }

    static GrpcClient start(Options options, String topic, String name) throws Exception {
        TransactionMQProducer maker = Producers.connect(options.text("connect", "127.0.0.1:9876"), name + "_topics");
        Producers.createTopic(maker, topic, options.count("queues", 4));
        ClientConfiguration configuration = ClientConfiguration.newBuilder()
                .setEndpoints(options.text("endpoint", "127.0.0.1:8081"))
                .enableSsl(false)
                .build();
        Producer producer = PROVIDER.newProducerBuilder()
                .setClientConfiguration(configuration)
                .setTopics(topic)
                .setMaxAttempts(1)
                .build();
        return new GrpcClient(configuration, producer, topic);
    }

    @Override
    public void send(byte[] body) throws ClientException {
        SendReceipt unused = producer.send(message(body));
    }

    @Override
    public void sendAsync(byte[] body, Acknowledgement done) {
        CompletableFuture<SendReceipt> unused = producer.sendAsync(message(body))
                .whenComplete((receipt, failure) -> {
                    if (failure == null) {
                        done.succeeded();
                    } else {
                        done.failed(failure);
                    }
                });
    }

    private Message message(byte[] body) {
        return PROVIDER.newMessageBuilder().setTopic(topic).setBody(body).build();
    }

    /** A group comes into being by its first member, if that speaks the other protocol. */
    private static void createGroup(Options options, String topic, String group) throws MQClientException {
        DefaultMQPushConsumer first = new DefaultMQPushConsumer(group);
        first.setNamesrvAddr(options.text("connect", "127.0.0.1:9876"));
        first.setInstanceName(group);
        first.subscribe(topic, "nothing");
        first.registerMessageListener(
                (MessageListenerConcurrently) (messages, context) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
        first.start();
        first.shutdown();
    }

    @Override
    public Arrivals consume(Options options, String ofTopic, String group, Tally tally) throws Exception {
        createGroup(options, ofTopic, group);
        PushConsumer unused = PROVIDER.newPushConsumerBuilder()
                .setClientConfiguration(configuration)
                .setConsumerGroup(group)
                .setSubscriptionExpressions(Map.of(ofTopic, FilterExpression.SUB_ALL))
                .setConsumptionThreadCount(options.count("consume-threads", Arrivals.THREADS))
                .setMessageListener(message -> {
                    byte[] body = new byte[message.getBody().remaining()];
                    message.getBody().get(body);
                    tally.onReceived(body);
                    return ConsumeResult.SUCCESS;
                })
                .build();
        return new Arrivals(tally);
    }
}
