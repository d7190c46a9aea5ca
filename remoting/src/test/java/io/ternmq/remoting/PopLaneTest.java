package io.ternmq.remoting;

import static io.ternmq.remoting.LeasesOverTheWire.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.LeasesOverTheWire.Held;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The field by which a client takes messages in a lane. */
class PopLaneTest {
    private BrokerFixture broker;
    private LeasesOverTheWire base;
    private LeasesOverTheWire blue;

    @BeforeEach
    void open(@TempDir Path folder) {
        broker = new BrokerFixture(folder);
        base = new LeasesOverTheWire(broker, broker.connect(), "billing");
        blue = new LeasesOverTheWire(broker, broker.connect(), "billing");
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private void send(String body, Map<String, String> properties) {
        BrokerFixture.send(base.client(), "orders", 0, body, properties);
    }

    private Map<String, Object> blueFields() {
        Map<String, Object> fields = blue.fields("orders");
        fields.put("lane", "blue");
        return fields;
    }

    private boolean isTold(LeasesOverTheWire consumer, Map<String, Object> fields) {
        RemotingFrame answer = consumer.client().ask(RequestCode.NOTIFICATION, fields);
        LeasesOverTheWire.assertDone(answer);
        return Boolean.parseBoolean(answer.getRequired("hasMsg"));
    }

    @Test
    void aLanesMessagesGoToThoseWhoNameItUntilTheyUnregister() {
        send("m0", Map.of());
        send("blue m1", Map.of(PropertyNames.LANE, "blue"));
        send("blue m2", Map.of(PropertyNames.LANE, "blue"));
        Map<String, Object> one = blueFields();
        one.put("maxMsgNums", 1);

        List<Held> ofBlue = blue.take(one);

        assertThat(bodies(ofBlue)).containsExactly("blue m1");
        assertThat(bodies(base.take("orders"))).containsExactly("m0");
        assertThat(base.take("orders")).isEmpty();
        LeasesOverTheWire.assertDone(blue.client()
                .ask(RequestCode.UNREGISTER_CLIENT, Map.of("clientID", "blue-1", "consumerGroup", "billing")));
        assertThat(bodies(base.take("orders"))).containsExactly("blue m2");
        LeasesOverTheWire.assertDone(blue.acknowledge(ofBlue.get(0)));
    }

    @Test
    void aClientThatLeavesOneLaneKeepsItsOtherPlaces() {
        Map<String, Object> green = blue.fields("orders");
        green.put("lane", "green");
        send("m0", Map.of());
        base.take("orders");
        blue.take(blueFields());
        blue.take(green);
        send("blue m1", Map.of(PropertyNames.LANE, "blue"));
        send("green m2", Map.of(PropertyNames.LANE, "green"));
        Map<String, Object> leaving = new HashMap<>(Map.of("clientID", "blue-1", "consumerGroup", "billing"));
        leaving.put("lane", "blue");

        assertThat(blue.client().ask(RequestCode.UNREGISTER_CLIENT, leaving).code())
                .as("no topic")
                .isNotEqualTo(ResponseCode.SUCCESS);
        leaving.put("topic", "orders");
        LeasesOverTheWire.assertDone(blue.client().ask(RequestCode.UNREGISTER_CLIENT, leaving));

        assertThat(bodies(base.take("orders"))).containsExactly("blue m1");
        assertThat(bodies(blue.take(green))).containsExactly("green m2");
    }

    @Test
    void aClientIsToldOfItsOwnLanesMessagesOnly() {
        send("m0", Map.of());
        base.take("orders");
        blue.take(blueFields());
        send("blue m1", Map.of(PropertyNames.LANE, "blue"));
        assertThat(isTold(base, base.fields("orders"))).isFalse();
        assertThat(isTold(blue, blueFields())).isTrue();
    }
}
