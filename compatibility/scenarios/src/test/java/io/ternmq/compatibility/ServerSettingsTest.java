package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.newTopic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServerSettingsTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void clientsAreToldTheAddressThatIsAdvertised() throws Exception {
        Map<String, String> settings = Map.of("server.host", "0.0.0.0", "server.advertise", "127.0.0.2");
        try (var server = ServerProcess.start(settings)) {
            mq.connectTo(server.address());
            String topic = mq.topic(1);
            String port = server.address().substring(server.address().indexOf(':'));
            assertThat(mq.admin().examineTopicRouteInfo(topic).getBrokerDatas())
                    .allSatisfy(broker -> assertThat(broker.selectBrokerAddr()).isEqualTo("127.0.0.2" + port));
            SendResult sent = mq.producer().send(message(topic, "m"));
            assertThat(MessageDecoder.decodeMessageId(sent.getOffsetMsgId()).getAddress())
                    .hasToString("/127.0.0.2" + port);
            mq.closeClients();
        }
    }

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
