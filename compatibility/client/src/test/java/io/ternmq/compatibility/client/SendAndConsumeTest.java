package io.ternmq.compatibility.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.Filter;
import io.ternmq.InvalidRequestException;
import io.ternmq.Message;
import io.ternmq.ReceivedMessage;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQ;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SendAndConsumeTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void aMessageArrivesAsItWasSent() {
        String topic = SERVER.name("orders");
        var received = new ConcurrentLinkedQueue<ReceivedMessage>();
        try (TernMQ mq = SERVER.open()) {
            SendReceipt receipt = mq.send(Message.to(topic)
                    .key("42")
                    .key("43")
                    .tag("paid")
                    .property("traceparent", "00-aa-bb-01")
                    .property("region", "Zürich")
                    .body("hello"));
            mq.consumer(SERVER.name("billing")).on(topic, received::add).start();
            await().atMost(PATIENCE).until(() -> !received.isEmpty());
            ReceivedMessage message = received.element();
            assertThat(message.text()).isEqualTo("hello");
            assertThat(message.id()).isEqualTo(receipt.id());
            assertThat(message.keys()).containsExactly("42", "43");
            assertThat(message.tag()).contains("paid");
            assertThat(message.properties())
                    .containsEntry("traceparent", "00-aa-bb-01")
                    .containsEntry("region", "Zürich")
                    .hasSize(2);
            assertThat(message.attempt()).isEqualTo(1);
            assertThat(message.partition()).isEqualTo(receipt.partition());
            assertThat(message.offset()).isEqualTo(receipt.offset());
        }
    }

    @Test
    void concurrentSendsGetReceiptsOfTheirOwn() {
        String topic = SERVER.name("many");
        int count = 2_000;
        try (TernMQ mq = SERVER.open()) {
            mq.send(Message.to(topic).body("first"));
            List<CompletableFuture<SendReceipt>> sends = IntStream.range(0, count)
                    .mapToObj(i -> mq.sendAsync(Message.to(topic).key("k" + i).body("body " + i)))
                    .toList();
            Set<String> places = new TreeSet<>();
            for (CompletableFuture<SendReceipt> send : sends) {
                SendReceipt receipt = send.join();
                places.add(receipt.partition() + "@" + receipt.offset());
            }
            assertThat(places).hasSize(count);
            var bodies = new ConcurrentLinkedQueue<String>();
            mq.consumer(SERVER.name("all")).on(topic, m -> bodies.add(m.text())).start();
            await().atMost(PATIENCE).until(() -> bodies.size() >= count + 1);
            assertThat(bodies).hasSize(count + 1).doesNotHaveDuplicates();
        }
    }

    @Test
    void receiptsOfConcurrentSendsTellWhereEachMessageIs() {
        String topic = SERVER.name("places");
        try (TernMQ mq = SERVER.open()) {
            mq.send(Message.to(topic).body("first"));
            List<CompletableFuture<SendReceipt>> sends = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                sends.add(mq.sendAsync(Message.to(topic).body("body " + i)));
            }
            var byPlace = new java.util.concurrent.ConcurrentHashMap<String, String>();
            mq.consumer(SERVER.name("places"))
                    .on(topic, m -> byPlace.put(m.partition() + "@" + m.offset(), m.text()))
                    .start();
            await().atMost(PATIENCE).until(() -> byPlace.size() == 301);
            for (int i = 0; i < 300; i++) {
                SendReceipt receipt = sends.get(i).join();
                assertThat(byPlace).containsEntry(receipt.partition() + "@" + receipt.offset(), "body " + i);
            }
        }
    }

    @Test
    void aBatchIsStoredInOrder() {
        String topic = SERVER.name("batch");
        try (TernMQ mq = SERVER.open()) {
            List<SendReceipt> receipts = mq.send(List.of(
                    Message.to(topic).body("a"),
                    Message.to(topic).body("b"),
                    Message.to(topic).body("c")));
            assertThat(receipts.stream().map(SendReceipt::offset)).containsExactly(0L, 1L, 2L);
        }
    }

    @Test
    void longBodiesAreCompressedOnTheWay() {
        String topic = SERVER.name("long");
        String body = "abcdefgh".repeat(10_000);
        var received = new ConcurrentLinkedQueue<ReceivedMessage>();
        try (TernMQ mq = SERVER.open()) {
            mq.send(Message.to(topic).body(body));
            mq.consumer(SERVER.name("long")).on(topic, received::add).start();
            await().atMost(PATIENCE).until(() -> !received.isEmpty());
            assertThat(received.element().text()).isEqualTo(body);
        }
    }

    @Test
    void onlyMessagesOfTheWantedTagsArrive() {
        String topic = SERVER.name("tags");
        var received = new ConcurrentLinkedQueue<String>();
        try (TernMQ mq = SERVER.open()) {
            for (String tag : List.of("a", "b", "c", "a")) {
                mq.send(Message.to(topic).tag(tag).body(tag.getBytes(StandardCharsets.UTF_8)));
            }
            mq.consumer(SERVER.name("tags"))
                    .on(topic, Filter.tags("a", "c"), m -> received.add(m.text()))
                    .start();
            await().atMost(PATIENCE).until(() -> received.size() >= 3);
            assertThat(received).containsExactlyInAnyOrder("a", "c", "a");
        }
    }

    @Test
    void whatAHandlerRefusesComesAgain() {
        String topic = SERVER.name("again");
        var attempts = new ConcurrentLinkedQueue<Integer>();
        try (TernMQ mq = SERVER.open()) {
            mq.send(Message.to(topic).body("x"));
            mq.consumer(SERVER.name("again"))
                    .on(topic, m -> {
                        attempts.add(m.attempt());
                        if (attempts.size() < 3) {
                            throw new io.ternmq.RetryLaterException(Duration.ofSeconds(1));
                        }
                    })
                    .start();
            await().atMost(PATIENCE).until(() -> attempts.size() >= 3);
            assertThat(attempts).containsExactly(1, 2, 3);
        }
    }

    @Test
    void namesOfTheQueuesOwnPropertiesAreRefused() {
        try (TernMQ mq = SERVER.open()) {
            Message message =
                    Message.to(SERVER.name("own")).property("KEYS", "x").body("x");
            assertThatThrownBy(() -> mq.send(message))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("KEYS");
        }
    }
}
