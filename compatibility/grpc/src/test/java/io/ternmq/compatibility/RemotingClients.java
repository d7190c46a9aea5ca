package io.ternmq.compatibility;

import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;

/** The official remoting clients, of the server that gRPC clients use, and closed with them. */
final class RemotingClients {
    private RemotingClients() {}

    static DefaultMQProducer producer(GrpcClients clients) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer(GrpcClients.unique("producers"));
        producer.setNamesrvAddr(clients.server().address());
        producer.setInstanceName(GrpcClients.unique("remoting"));
        producer.start();
        AutoCloseable unused = clients.opened((AutoCloseable) producer::shutdown);
        return producer;
    }

    static DefaultMQPushConsumer consumer(
            GrpcClients clients, String group, String topic, MessageListenerConcurrently listener) throws Exception {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        consumer.setNamesrvAddr(clients.server().address());
        consumer.setInstanceName(GrpcClients.unique("remoting"));
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener(listener);
        consumer.start();
        AutoCloseable unused = clients.opened((AutoCloseable) consumer::shutdown);
        return consumer;
    }
}
