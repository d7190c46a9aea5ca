package io.ternmq.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.server.wire.JsonReader;
import io.ternmq.server.wire.WireException;
import org.junit.jupiter.api.Test;

class TopicRouteTest {

    private static final String ROUTE = """
            {"brokerDatas":[{"brokerAddrs":{0:"10.0.0.1:10911"},"brokerName":"b"},
                            {"brokerAddrs":{"0":"10.0.0.2:10911"},"brokerName":"a"}],
             "queueDatas":[{"brokerName":"b","perm":6,"readQueueNums":2,"writeQueueNums":8},
                           {"brokerName":"a","perm":4,"readQueueNums":1,"writeQueueNums":1}]}""";

    @Test
    void listsReadableAndWritableQueuesInEveryClientsOrder() throws WireException {
        TopicRoute route = TopicRoute.of("T", JsonReader.object(ROUTE));
        assertThat(route.readQueues()).hasToString("[T/a/0, T/b/0, T/b/1]");
        assertThat(route.writeQueues())
                .hasSize(8)
                .allMatch(queue -> queue.brokerName().equals("b"));
        assertThat(route.readQueues().get(0).broker()).isEqualTo(new HostPort("10.0.0.2", 10911));
    }

    @Test
    void givesANewTopicFourQueuesOfItsTemplate() throws WireException {
        TopicRoute route = TopicRoute.of("TBW102", JsonReader.object(ROUTE)).asTemplateOf("new");
        assertThat(route.writeQueues())
                .hasSize(4)
                .allMatch(queue -> queue.topic().equals("new"));
    }

    @Test
    void namesAnAddressThatIsNone() {
        String route = ROUTE.replace("10.0.0.1:10911", "10.0.0.1");
        assertThatThrownBy(() -> TopicRoute.of("T", JsonReader.object(route)))
                .isInstanceOf(WireException.class)
                .hasMessage("address of broker b: '10.0.0.1' (expected: host:port)");
    }

    @Test
    void refusesARouteToNowhere() {
        assertThatThrownBy(() -> TopicRoute.of("T", JsonReader.object("{}")))
                .hasMessage("the route of topic T names no broker");
    }
}
