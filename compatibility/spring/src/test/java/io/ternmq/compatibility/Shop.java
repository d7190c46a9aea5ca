package io.ternmq.compatibility;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.spring.annotation.ConsumeMode;
import org.apache.rocketmq.spring.annotation.RocketMQMessageListener;
import org.apache.rocketmq.spring.annotation.RocketMQTransactionListener;
import org.apache.rocketmq.spring.annotation.SelectorType;
import org.apache.rocketmq.spring.core.RocketMQListener;
import org.apache.rocketmq.spring.core.RocketMQLocalTransactionListener;
import org.apache.rocketmq.spring.core.RocketMQLocalTransactionState;
import org.apache.rocketmq.spring.core.RocketMQReplyListener;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;

/** An application that uses rocketmq-spring in each of its ways. What its listeners got is in their lists. */
@SpringBootApplication
class Shop {
    static final String ORDERS = "shop-orders";
    static final String STEPS = "shop-steps";
    static final String PRICES = "shop-prices";
    static final String PAYMENTS = "shop-payments";
    static final String QUESTIONS = "shop-questions";
    static final String FAILING = "failing";

    /**
     * A body that is JSON on its way.
     *
     * @param id names it
     * @param cents what it costs
     */
    record Order(String id, long cents) {}

    /** Takes what comes; fails at each message of a kind once. */
    @Component
    @RocketMQMessageListener(topic = ORDERS, consumerGroup = "shop-billing", selectorExpression = "paid || failing")
    static class Orders implements RocketMQListener<Order> {
        final List<Order> taken = new CopyOnWriteArrayList<>();
        final List<Order> failed = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(Order order) {
            if (order.id().startsWith(FAILING) && !failed.contains(order)) {
                failed.add(order);
                throw new IllegalStateException("out of order");
            }
            taken.add(order);
        }
    }

    /** Takes each key's messages one after the other. */
    @Component
    @RocketMQMessageListener(topic = STEPS, consumerGroup = "shop-workflow", consumeMode = ConsumeMode.ORDERLY)
    static class Steps implements RocketMQListener<String> {
        final List<String> taken = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(String step) {
            taken.add(step);
        }
    }

    /** Takes what an expression chooses, and sees all of the message. */
    @Component
    @RocketMQMessageListener(
            topic = PRICES,
            consumerGroup = "shop-audit",
            selectorType = SelectorType.SQL92,
            selectorExpression = "cents > 1000")
    static class Prices implements RocketMQListener<MessageExt> {
        final List<MessageExt> taken = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(MessageExt message) {
            taken.add(message);
        }
    }

    /** Takes what was committed. */
    @Component
    @RocketMQMessageListener(topic = PAYMENTS, consumerGroup = "shop-ledger")
    static class Payments implements RocketMQListener<String> {
        final List<String> taken = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(String payment) {
            taken.add(payment);
        }
    }

    /** Answers. */
    @Component
    @RocketMQMessageListener(topic = QUESTIONS, consumerGroup = "shop-desk")
    static class Questions implements RocketMQReplyListener<String, String> {
        @Override
        public String onMessage(String question) {
            return question + "? yes";
        }
    }

    /** Decides as the caller says, or leaves it open until it is asked. */
    @RocketMQTransactionListener
    @SuppressWarnings("rawtypes") // as its interface has them
    static class Decisions implements RocketMQLocalTransactionListener {
        final List<String> asked = new CopyOnWriteArrayList<>();

        @Override
        public RocketMQLocalTransactionState executeLocalTransaction(Message message, Object decision) {
            return (RocketMQLocalTransactionState) decision;
        }

        @Override
        public RocketMQLocalTransactionState checkLocalTransaction(Message message) {
            asked.add(new String((byte[]) message.getPayload(), StandardCharsets.UTF_8));
            return RocketMQLocalTransactionState.COMMIT;
        }
    }
}
