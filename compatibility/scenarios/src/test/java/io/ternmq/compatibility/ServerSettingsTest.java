package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.newTopic;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.rocketmq.client.exception.MQClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServerSettingsTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aTopicIsNotCreatedByASendWhenThatIsSwitchedOff() throws Exception {
        try (var server = ServerProcess.start(Map.of("topic.auto-create", "false"))) {
            mq.connectTo(server.address());
            String topic = newTopic();
            var producer = mq.producer();
            assertThatThrownBy(() -> producer.send(message(topic, "m"))).isInstanceOf(MQClientException.class);
            assertThatThrownBy(() -> mq.admin().examineTopicRouteInfo(topic)).isInstanceOf(MQClientException.class);
            mq.closeClients();
        }
    }
}
