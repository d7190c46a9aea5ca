package io.ternmq.compatibility;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.rocketmq.client.apis.ClientConfiguration;
import org.apache.rocketmq.client.apis.ClientException;
import org.apache.rocketmq.client.apis.ClientServiceProvider;
import org.apache.rocketmq.client.apis.consumer.FilterExpression;
import org.apache.rocketmq.client.apis.consumer.MessageListener;
import org.apache.rocketmq.client.apis.consumer.PushConsumer;
import org.apache.rocketmq.client.apis.consumer.SimpleConsumer;
import org.apache.rocketmq.client.apis.message.Message;
import org.apache.rocketmq.client.apis.message.MessageBuilder;
import org.apache.rocketmq.client.apis.producer.Producer;
import org.apache.rocketmq.client.apis.producer.TransactionChecker;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/** Official gRPC clients of one server, closed together; topics and groups are made with the official administration client. */
final class GrpcClients implements AutoCloseable {
    static final ClientServiceProvider PROVIDER = ClientServiceProvider.loadService();
    private static final Executor CLOSERS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "closes clients");
        thread.setDaemon(true);
        return thread;
    });
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final ServerProcess server;
    private final boolean tls;
    private final List<AutoCloseable> open = Collections.synchronizedList(new ArrayList<>());

    GrpcClients(ServerProcess server, boolean tls) {
        this.server = server;
        this.tls = tls;
    }

    GrpcClients(ServerProcess server) {
        this(server, false);
    }

    /** A name that no other scenario uses. */
    static String unique(String word) {
        return word + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** A new topic, which takes every kind of message unless the attributes say otherwise. */
    String topic(String word, int queues, Map<String, String> attributes) {
        String name = unique(word);
        administer(admin -> {
            TopicConfig config = new TopicConfig(name, queues, queues);
            config.setAttributes(attributes);
            admin.createAndUpdateTopicConfig(server.brokerAddress(), config);
        });
        return name;
    }

    String topic(String word) {
        return topic(word, 4, Map.of());
    }

    boolean hasTopic(String name) {
        boolean[] found = {false};
        administer(admin -> found[0] = admin.fetchAllTopicList().getTopicList().contains(name));
        return found[0];
    }

    /** A new group. */
    String group(String word, boolean ordered, int retryMax) {
        String name = unique(word);
        administer(admin -> {
            SubscriptionGroupConfig config = new SubscriptionGroupConfig();
            config.setGroupName(name);
            config.setConsumeMessageOrderly(ordered);
            config.setRetryMaxTimes(retryMax);
            admin.createAndUpdateSubscriptionGroupConfig(server.brokerAddress(), config);
        });
        return name;
    }

    Producer producer(String... topics) {
        return producer(null, topics);
    }

    Producer producer(TransactionChecker checker, String... topics) {
        try {
            var builder = PROVIDER.newProducerBuilder()
                    .setClientConfiguration(configuration())
                    .setTopics(topics);
            if (checker != null) {
                builder.setTransactionChecker(checker);
            }
            return opened(builder.build());
        } catch (ClientException e) {
            throw new IllegalStateException(e);
        }
    }

    PushConsumer pushConsumer(String group, String topic, FilterExpression filter, MessageListener listener) {
        try {
            return opened(PROVIDER.newPushConsumerBuilder()
                    .setClientConfiguration(configuration())
                    .setConsumerGroup(group)
                    .setSubscriptionExpressions(Map.of(topic, filter))
                    .setMessageListener(listener)
                    .build());
        } catch (ClientException e) {
            throw new IllegalStateException(e);
        }
    }

    PushConsumer pushConsumer(String group, String topic, MessageListener listener) {
        return pushConsumer(group, topic, FilterExpression.SUB_ALL, listener);
    }

    SimpleConsumer simpleConsumer(String group, String topic, FilterExpression filter) {
        try {
            return opened(PROVIDER.newSimpleConsumerBuilder()
                    .setClientConfiguration(configuration())
                    .setConsumerGroup(group)
                    .setAwaitDuration(Duration.ofSeconds(10))
                    .setSubscriptionExpressions(Map.of(topic, filter))
                    .build());
        } catch (ClientException e) {
            throw new IllegalStateException(e);
        }
    }

    SimpleConsumer simpleConsumer(String group, String topic) {
        return simpleConsumer(group, topic, FilterExpression.SUB_ALL);
    }

    static MessageBuilder message(String topic, String body) {
        return PROVIDER.newMessageBuilder().setTopic(topic).setBody(body.getBytes(StandardCharsets.UTF_8));
    }

    static Message plain(String topic, String body) {
        return message(topic, body).build();
    }

    <T extends AutoCloseable> T opened(T client) {
        open.add(client);
        return client;
    }

    ServerProcess server() {
        return server;
    }

    /** Does not wait: a push consumer ends only once its long polling does, which takes 20 seconds. */
    @Override
    public void close() {
        for (AutoCloseable client : List.copyOf(open)) {
            CLOSERS.execute(() -> {
                try {
                    client.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    private ClientConfiguration configuration() {
        return ClientConfiguration.newBuilder()
                .setEndpoints(server.grpcAddress())
                .enableSsl(tls)
                .setRequestTimeout(REQUEST_TIMEOUT)
                .build();
    }

    /** Works with the official administration client. */
    void administer(Administration work) {
        var admin = new DefaultMQAdminExt();
        admin.setNamesrvAddr(server.address());
        admin.setVipChannelEnabled(false);
        admin.setInstanceName(unique("admin"));
        try {
            admin.start();
            work.with(admin);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            admin.shutdown();
        }
    }

    interface Administration {
        void with(DefaultMQAdminExt admin) throws Exception;
    }
}
