package io.ternmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsTest {
    private BrokerFixture broker;
    private TestClient client;

    @BeforeEach
    void open(@TempDir Path folder) {
        broker = new BrokerFixture(folder);
        client = broker.connect();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void whatATopicAndAGroupMovedIsCounted() {
        BrokerFixture.send(client, "orders", 0, "one", Map.of());
        BrokerFixture.send(client, "orders", 0, "two", Map.of());
        client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "orders", 0, 0));

        assertThat(figures("TOPIC_PUT_NUMS", "orders"))
                .contains("\"statsMinute\":{\"avgpt\":1.0,\"sum\":2,\"tps\":2.0}");
        assertThat(figures("GROUP_GET_NUMS", "orders@g")).contains("\"statsDay\":{\"avgpt\":2.0,\"sum\":2,");
        assertThat(figures("GROUP_GET_SIZE", "orders@g")).doesNotContain("\"sum\":2,");
        assertThat(figures("BROKER_PUT_NUMS", "any")).contains("\"sum\":2,");
        assertThat(figures("TOPIC_PUT_NUMS", "others")).contains("\"sum\":0,");
        assertThat(client.ask(
                                RequestCode.VIEW_BROKER_STATS_DATA,
                                Map.of("statsName", "TOPIC_PUT_LATENCY", "statsKey", "orders"))
                        .code())
                .isEqualTo(ResponseCode.SYSTEM_ERROR);
    }

    @Test
    void theIndexOfAQueueIsShown() {
        BrokerFixture.send(client, "orders", 0, "one", Map.of("TAGS", "red"));
        BrokerFixture.send(client, "orders", 0, "two", Map.of());

        RemotingFrame shown = client.ask(
                RequestCode.QUERY_CONSUME_QUEUE, Map.of("topic", "orders", "queueId", 0, "index", 0, "count", 1));
        RemotingFrame unknown = client.ask(
                RequestCode.QUERY_CONSUME_QUEUE, Map.of("topic", "orders", "queueId", 9, "index", 0, "count", 1));

        assertThat(TestClient.text(shown))
                .contains("\"maxQueueIndex\":2,\"minQueueIndex\":0", "\"tagsCode\":" + "red".hashCode())
                .doesNotContain("\"tagsCode\":0");
        assertThat(unknown.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
    }

    @Test
    void withoutTheBrokersWritePermissionNoRouteOffersWriting() {
        BrokerFixture.send(client, "orders", 0, "one", Map.of());

        RemotingFrame wiped = client.ask(RequestCode.WIPE_WRITE_PERM_OF_BROKER, Map.of("brokerName", "broker-a"));
        assertThat(Integer.parseInt(wiped.get("wipeTopicCount"))).isPositive();
        assertThat(route("orders")).contains("\"perm\":4");
        client.ask(RequestCode.ADD_WRITE_PERM_OF_BROKER, Map.of("brokerName", "another"));
        assertThat(route("orders")).contains("\"perm\":4");
        client.ask(RequestCode.ADD_WRITE_PERM_OF_BROKER, Map.of("brokerName", "broker-a"));
        assertThat(route("orders")).contains("\"perm\":6");
    }

    @Test
    void whatToolsKnowAndIsNotHereIsRefusedWithTheReason() {
        RemotingFrame refused = client.ask(902, Map.of());

        assertThat(refused.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
        assertThat(refused.remark()).contains("902", "broker container");
    }

    private String figures(String name, String key) {
        return TestClient.text(
                client.ask(RequestCode.VIEW_BROKER_STATS_DATA, Map.of("statsName", name, "statsKey", key)));
    }

    private String route(String topic) {
        return TestClient.text(client.ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, Map.of("topic", topic)));
    }
}
