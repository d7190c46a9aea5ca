package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.AllocationStrategies;
import io.ternmq.InvalidRequestException;
import io.ternmq.Lag;
import io.ternmq.Message;
import io.ternmq.Partition;
import io.ternmq.Producer;
import io.ternmq.QueueSelector;
import io.ternmq.Reader;
import io.ternmq.Receiver;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQ;
import io.ternmq.Transaction;
import io.ternmq.TransactionChecker.Decision;
import io.ternmq.UnavailableException;
import io.ternmq.UnsupportedException;
import io.ternmq.spi.Address;
import io.ternmq.spi.OpenOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to a queue in the application's own process, through the API. */
class EmbeddedQueueTest {

    private static final Duration RETENTION_INTERVAL = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final byte[] TOO_LARGE = new byte[5 << 20];

    private final TernMQ mq =
            TernMQ.at("mem:").transactions("shop", prepared -> Decision.UNKNOWN).open();

    @AfterEach
    void close() {
        mq.close();
        mq.close(); // a second time does nothing
    }

    @Test
    void partitionsAreNotSharedOutWithinAProcess() {
        assertThatThrownBy(() -> mq.consumer("g")
                        .on("orders", message -> {})
                        .allocate(AllocationStrategies.average())
                        .start())
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("ordered()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "tag", "orderingGroup", "lane", "property"})
    void whatStandsBetweenPropertiesInTheLogIsRefused(String what) {
        String text = "a\u0001KEYS\u0002b";
        Message message = Message.to("orders").body("x");
        Message bad = switch (what) {
            case "key" -> message.key(text);
            case "tag" -> message.tag(text);
            case "orderingGroup" -> message.orderingGroup(text);
            case "lane" -> message.lane(text);
            default -> message.property("p", text);
        };
        assertThatThrownBy(() -> mq.send(bad))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("expected");
    }

    @Test
    void whatIsTooLargeIsTheCallersMistakeHoweverItIsSent() {
        Message large = Message.to("orders").body(TOO_LARGE);
        assertThatThrownBy(() -> mq.send(large)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> mq.request(large, TIMEOUT)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> {
                    try (Transaction unexpected = mq.prepare(large)) {
                        unexpected.commit();
                    }
                })
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aRequestIsNotDelayed() {
        Message later = Message.to("orders").body("x").delay(Duration.ofHours(1));
        assertThatThrownBy(() -> mq.request(later, TIMEOUT)).hasMessageContaining("delayed");
    }

    @Test
    void applicationsCodeNeverRunsOnTheShardsThread() {
        List<String> threads = new CopyOnWriteArrayList<>();
        Producer producer = mq.producer()
                .selector(new QueueSelector() {
                    @Override
                    public Partition select(Message message, List<Partition> partitions) {
                        threads.add(Thread.currentThread().getName());
                        return partitions.get(0);
                    }

                    @Override
                    public void sent(Partition partition, long nanos, boolean failed) {
                        threads.add(Thread.currentThread().getName());
                    }
                })
                .open();
        List<CompletableFuture<SendReceipt>> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            producer.send(Message.to("new-" + i).body("x"));
            sent.add(producer.sendAsync(Message.to("new-" + i).body("y")));
        }
        sent.forEach(CompletableFuture::join);
        assertThat(threads).hasSize(80).doesNotContain("tern-shard");
    }

    @Test
    void aCallbackMaySendToANewTopic() throws Exception {
        assertThat(mq.sendAsync(Message.to("first").body("x"))
                        .thenApply(receipt -> mq.send(Message.to("second").body("y")))
                        .get(10, TimeUnit.SECONDS)
                        .offset())
                .isZero();
    }

    @Test
    void aGroupThatNobodyKnowsHasNoLagAndOneThatHasNotBegunHasAll() {
        mq.send(Message.to("orders").body("x"));
        assertThat(mq.admin().lag("nobody", "orders")).isEqualTo(Lag.NONE);
        mq.receiver("somebody", "orders").open().close();
        assertThat(mq.admin().lag("somebody", "orders").messages()).isEqualTo(1);
    }

    @Test
    void aMessageThatIsGivenUpIsADeadLetter() {
        mq.send(Message.to("orders").body("x"));
        try (Receiver receiver = mq.receiver("g", "orders").open()) {
            receiver.receive(1, TIMEOUT).get(0).deadLetter();
        }
        await().until(() -> mq.admin().topic("%DLQ%g").isPresent());
        try (Reader dead = mq.reader("%DLQ%g").open()) {
            assertThat(dead.read(1, TIMEOUT)).hasSize(1);
        }
    }

    @Test
    void aSmallMemoryHoldsTheLatestMessages() {
        StandingTime time = new StandingTime();
        Map<String, String> settings = Map.of("memory", Integer.toString(16 << 20), "partitions", "1");
        OpenOptions options = new OpenOptions(
                "", Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), settings);
        try (TernMQ small = EmbeddedProvider.open(Address.parse("mem:"), options, time)) {
            byte[] body = new byte[64 << 10];
            for (int i = 0; i < 1_000; i++) {
                if (i % 16 == 0) {
                    time.turn(RETENTION_INTERVAL);
                }
                await().pollInSameThread()
                        .pollInterval(Duration.ofMillis(10))
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> isSent(small, body, time));
            }
            try (Reader reader = small.reader("orders").open()) {
                Partition only = reader.partitions().get(0);
                reader.seek(only, 999);
                assertThat(reader.read(1, TIMEOUT)).hasSize(1);
            }
        }
    }

    private static boolean isSent(TernMQ mq, byte[] body, StandingTime time) {
        try {
            return mq.producer().attempts(1).open().send(Message.to("orders").body(body)) != null;
        } catch (UnavailableException full) {
            time.turn(RETENTION_INTERVAL);
            return false;
        }
    }
}
