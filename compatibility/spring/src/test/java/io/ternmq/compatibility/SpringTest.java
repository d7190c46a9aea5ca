package io.ternmq.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.spring.core.RocketMQLocalTransactionState;
import org.apache.rocketmq.spring.core.RocketMQTemplate;
import org.apache.rocketmq.spring.support.RocketMQHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** A Spring Boot application with rocketmq-spring finds in TernMQ what it finds in RocketMQ; only {@code rocketmq.name-server} is set. */
class SpringTest {
    private static final long DELAY_MS = 1_200;
    private static final long ANSWER_MS = 30_000;

    private static ServerProcess server;
    private static ConfigurableApplicationContext shop;

    @BeforeAll
    static void start() throws MQClientException {
        server = ServerProcess.start(Map.of("transaction.timeout", "1s", "transaction.check-interval", "1s"));
        makeTopics();
        shop = new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "rocketmq.name-server", server.address(),
                        "rocketmq.producer.group", "shop",
                        "spring.main.banner-mode", "off",
                        "logging.level.root", "warn"))
                .run();
    }

    /** As operators do: consumers look for topics that are not there only twice a minute. */
    @SuppressWarnings("deprecation") // the client has no other way without its administration tools
    private static void makeTopics() throws MQClientException {
        var producer = new DefaultMQProducer("shop-operator");
        producer.setNamesrvAddr(server.address());
        producer.start();
        try {
            for (String topic : List.of(Shop.ORDERS, Shop.STEPS, Shop.PRICES, Shop.PAYMENTS, Shop.QUESTIONS)) {
                producer.createTopic("TBW102", topic, 2, Map.of());
            }
        } finally {
            producer.shutdown();
        }
    }

    @AfterAll
    static void stop() {
        try {
            shop.close();
        } finally {
            server.close();
        }
    }

    @Test
    void anObjectIsSentAsJsonAndComesToTheListenerOfItsTag() throws Exception {
        Shop.Order wanted = new Shop.Order("spring-1", 4_200);
        assertThat(template()
                        .syncSend(Shop.ORDERS + ":unpaid", new Shop.Order("spring-0", 1))
                        .getSendStatus())
                .isEqualTo(SendStatus.SEND_OK);
        var answer = new CompletableFuture<SendResult>();
        template().asyncSend(Shop.ORDERS + ":paid", wanted, completing(answer));
        assertThat(answer.get(20, TimeUnit.SECONDS).getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        template().sendOneWay(Shop.ORDERS + ":paid", new Shop.Order("spring-2", 7));
        List<Shop.Order> taken = shop.getBean(Shop.Orders.class).taken;
        Waiting.soon().untilAsserted(() -> assertThat(taken).contains(wanted, new Shop.Order("spring-2", 7)));
        assertThat(taken).extracting(Shop.Order::id).doesNotContain("spring-0");
    }

    @Test
    void aBatchOfMessagesArrives() {
        List<Message<Shop.Order>> batch = IntStream.range(0, 10)
                .mapToObj(i -> MessageBuilder.withPayload(new Shop.Order("batch-" + i, i))
                        .build())
                .toList();
        assertThat(template().syncSend(Shop.ORDERS + ":paid", batch).getSendStatus())
                .isEqualTo(SendStatus.SEND_OK);
        List<Shop.Order> taken = shop.getBean(Shop.Orders.class).taken;
        Waiting.soon()
                .untilAsserted(() -> assertThat(taken)
                        .containsAll(batch.stream().map(Message::getPayload).toList()));
    }

    @Test
    void whatAListenerFailsAtComesAgain() {
        Shop.Order order = new Shop.Order(Shop.FAILING + "-1", 3);
        template().syncSend(Shop.ORDERS + ":failing", order);
        Shop.Orders orders = shop.getBean(Shop.Orders.class);
        Waiting.soon().untilAsserted(() -> assertThat(orders.taken).containsOnlyOnce(order));
        assertThat(orders.failed).containsExactly(order);
    }

    @Test
    void aDelayedMessageComesAtItsTime() {
        Shop.Order later = new Shop.Order("later", 5);
        Shop.Order atLevel = new Shop.Order("at-level", 6);
        long sentNs = System.nanoTime();
        template().syncSendDelayTimeMills(Shop.ORDERS + ":paid", later, DELAY_MS);
        template()
                .syncSend(
                        Shop.ORDERS + ":paid",
                        MessageBuilder.withPayload(atLevel).build(),
                        5_000,
                        1);
        List<Shop.Order> taken = shop.getBean(Shop.Orders.class).taken;
        Waiting.soon().until(() -> taken.contains(later));
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentNs)).isGreaterThanOrEqualTo(DELAY_MS);
        Waiting.soon().until(() -> taken.contains(atLevel));
    }

    @Test
    void stepsOfOneKeyKeepTheirOrder() {
        List<String> steps = IntStream.range(0, 20).mapToObj(i -> "step-" + i).toList();
        steps.forEach(step -> template().syncSendOrderly(Shop.STEPS, step, "one key"));
        List<String> taken = shop.getBean(Shop.Steps.class).taken;
        Waiting.soon().until(() -> taken.size() >= steps.size());
        assertThat(taken).containsExactlyElementsOf(steps);
    }

    @Test
    void anExpressionChoosesByHeaders() {
        for (int cents : new int[] {900, 1_100, 5}) {
            template()
                    .syncSend(
                            Shop.PRICES,
                            MessageBuilder.withPayload("price")
                                    .setHeader("cents", cents)
                                    .setHeader(RocketMQHeaders.KEYS, "k" + cents)
                                    .build());
        }
        template()
                .syncSend(
                        Shop.PRICES,
                        MessageBuilder.withPayload("price")
                                .setHeader("cents", 2_000)
                                .setHeader(RocketMQHeaders.KEYS, "last")
                                .build());
        var taken = shop.getBean(Shop.Prices.class).taken;
        Waiting.soon().until(() -> taken.size() >= 2);
        assertThat(taken).extracting(message -> message.getKeys()).containsExactlyInAnyOrder("k1100", "last");
    }

    @Test
    void transactionsAreSeenOnceTheyAreCommitted() {
        assertThat(inTransaction("rolled back", RocketMQLocalTransactionState.ROLLBACK))
                .isEqualTo(LocalTransactionState.ROLLBACK_MESSAGE);
        assertThat(inTransaction("committed", RocketMQLocalTransactionState.COMMIT))
                .isEqualTo(LocalTransactionState.COMMIT_MESSAGE);
        assertThat(inTransaction("left open", RocketMQLocalTransactionState.UNKNOWN))
                .isEqualTo(LocalTransactionState.UNKNOW);
        List<String> taken = shop.getBean(Shop.Payments.class).taken;
        Waiting.soon().until(() -> taken.size() >= 2);
        assertThat(taken).containsExactlyInAnyOrder("committed", "left open");
        assertThat(shop.getBean(Shop.Decisions.class).asked)
                .contains("left open")
                .doesNotContain("committed");
    }

    @Test
    void aQuestionIsAnswered() {
        String answer = template().sendAndReceive(Shop.QUESTIONS, "open", String.class, ANSWER_MS);
        assertThat(answer).isEqualTo("open? yes");
    }

    private static LocalTransactionState inTransaction(String body, RocketMQLocalTransactionState decision) {
        Message<String> message = MessageBuilder.withPayload(body).build();
        return template()
                .sendMessageInTransaction(Shop.PAYMENTS, message, decision)
                .getLocalTransactionState();
    }

    private static RocketMQTemplate template() {
        return shop.getBean(RocketMQTemplate.class);
    }

    private static SendCallback completing(CompletableFuture<SendResult> answer) {
        return new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                answer.complete(result);
            }

            @Override
            public void onException(Throwable failure) {
                answer.completeExceptionally(failure);
            }
        };
    }
}
