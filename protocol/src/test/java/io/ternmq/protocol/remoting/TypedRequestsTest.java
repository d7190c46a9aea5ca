package io.ternmq.protocol.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.SerializeType;
import org.apache.rocketmq.remoting.protocol.header.PullMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeaderV2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What official clients send, in both formats, as our typed requests. */
class TypedRequestsTest {
    private static final String PROPERTIES =
            MessageDecoder.messageProperties2String(Map.of("KEYS", "k1 k2", "TAGS", "größe \"x\""));

    private static SendMessageRequestHeader sendHeader() {
        SendMessageRequestHeader header = new SendMessageRequestHeader();
        header.setProducerGroup("billing");
        header.setTopic("orders");
        header.setDefaultTopic("TBW102");
        header.setDefaultTopicQueueNums(4);
        header.setQueueId(-1);
        header.setSysFlag(3);
        header.setBornTimestamp(1_700_000_000_123L);
        header.setFlag(9);
        header.setProperties(PROPERTIES);
        header.setReconsumeTimes(2);
        header.setUnitMode(true);
        header.setMaxReconsumeTimes(16);
        header.setBatch(false);
        header.setBrokerName("broker-a");
        return header;
    }

    private static RemotingFrame send(int code, CommandCustomHeader header, HeaderFormat format) {
        RemotingCommand command = RemotingCommand.createRequestCommand(code, header);
        command.setSerializeTypeCurrentRPC(format == HeaderFormat.JSON ? SerializeType.JSON : SerializeType.ROCKETMQ);
        command.setBody("body".getBytes(UTF_8));
        return FrameFixture.decode(FrameFixture.bytes(command));
    }

    private static void assertIsTheHeader(SendRequest request) {
        assertThat(request.producerGroup()).isEqualTo("billing");
        assertThat(request.topic()).isEqualTo("orders");
        assertThat(request.topicBytes()
                        .getStringWithoutLengthUtf8(0, request.topicBytes().capacity()))
                .isEqualTo("orders");
        assertThat(request.defaultTopic()).isEqualTo("TBW102");
        assertThat(request.defaultTopicQueues()).isEqualTo(4);
        assertThat(request.queueId()).isEqualTo(-1);
        assertThat(request.sysFlag()).isEqualTo(3);
        assertThat(request.bornTimestamp()).isEqualTo(1_700_000_000_123L);
        assertThat(request.flag()).isEqualTo(9);
        assertThat(request.properties()
                        .getStringWithoutLengthUtf8(0, request.properties().capacity()))
                .isEqualTo(PROPERTIES);
        assertThat(request.reconsumeTimes()).isEqualTo(2);
        assertThat(request.unitMode()).isTrue();
        assertThat(request.maxReconsumeTimes()).isEqualTo(16);
        assertThat(request.brokerName()).isEqualTo("broker-a");
    }

    @ParameterizedTest
    @EnumSource(HeaderFormat.class)
    void readsASendWithLetters(HeaderFormat format) {
        SendMessageRequestHeaderV2 header = SendMessageRequestHeaderV2.createSendMessageRequestHeaderV2(sendHeader());
        SendRequest request = new SendRequest(new NameCache());
        assertIsTheHeader(request.read(send(RequestCode.SEND_MESSAGE_V2, header, format)));
        assertThat(request.isBatch()).isFalse();
        assertIsTheHeader(request.read(send(RequestCode.SEND_BATCH_MESSAGE, header, format)));
        assertThat(request.isBatch()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(HeaderFormat.class)
    void readsASendWithLongNames(HeaderFormat format) {
        SendRequest request = new SendRequest(new NameCache());
        assertIsTheHeader(request.read(send(RequestCode.SEND_MESSAGE, sendHeader(), format)));
        assertThat(request.isBatch()).isFalse();
    }

    @Test
    void whatIsOptionalMayBeMissing() {
        SendRequest request = new SendRequest(new NameCache());
        request.read(send(RequestCode.SEND_MESSAGE, sendHeader(), HeaderFormat.JSON));
        request.read(
                FrameFixture.decode(
                        FrameFixture.json(
                                "{\"code\":310,\"extFields\":{\"a\":\"g\",\"b\":\"t\",\"c\":\"d\",\"d\":\"1\",\"e\":\"0\",\"f\":\"0\",\"g\":\"5\",\"h\":\"0\"}}")));
        assertThat(request.properties().capacity()).isZero();
        assertThat(request.reconsumeTimes()).isZero();
        assertThat(request.unitMode()).isFalse();
        assertThat(request.maxReconsumeTimes()).isEqualTo(-1);
        assertThat(request.brokerName()).isNull();
    }

    @Test
    void namesTheFieldThatIsMissingOrWrong() {
        SendRequest request = new SendRequest(new NameCache());
        RemotingFrame noTopic = FrameFixture.decode(FrameFixture.json("{\"code\":310,\"extFields\":{\"a\":\"g\"}}"));
        assertThatThrownBy(() -> request.read(noTopic))
                .isInstanceOf(BadFieldException.class)
                .hasMessage("topic: missing (expected: a value)");
        RemotingFrame wrongQueue = FrameFixture.decode(
                FrameFixture.json(
                        "{\"code\":310,\"extFields\":{\"a\":\"g\",\"b\":\"t\",\"c\":\"d\",\"d\":\"1\",\"e\":\"first\",\"f\":\"0\"}}"));
        assertThatThrownBy(() -> request.read(wrongQueue))
                .hasMessage("queueId: 'first' (expected: a number of 64 bits)");
    }

    @ParameterizedTest
    @EnumSource(HeaderFormat.class)
    void readsAPull(HeaderFormat format) {
        PullMessageRequestHeader header = new PullMessageRequestHeader();
        header.setConsumerGroup("billing");
        header.setTopic("orders");
        header.setQueueId(3);
        header.setQueueOffset(77L);
        header.setMaxMsgNums(32);
        header.setSysFlag(PullRequest.FLAG_COMMIT_OFFSET | PullRequest.FLAG_SUSPEND);
        header.setCommitOffset(70L);
        header.setSuspendTimeoutMillis(15_000L);
        header.setSubscription("a || b");
        header.setSubVersion(5L);
        header.setExpressionType("TAG");
        header.setMaxMsgBytes(1000);
        PullRequest pull = PullRequest.read(send(RequestCode.PULL_MESSAGE, header, format), new NameCache());
        assertThat(pull)
                .isEqualTo(new PullRequest("billing", "orders", 3, 77, 32, 3, 70, 15_000, "a || b", 5, "TAG", 1000));
        assertThat(pull.commits()).isTrue();
        assertThat(pull.suspends()).isTrue();
        assertThat(pull.carriesSubscription()).isFalse();
    }

    @Test
    void aPullNeedsItsGroup() {
        RemotingFrame frame = FrameFixture.decode(FrameFixture.json("{\"code\":11,\"extFields\":{\"topic\":\"t\"}}"));
        assertThatThrownBy(() -> PullRequest.read(frame, new NameCache()))
                .hasMessage("consumerGroup: missing (expected: a value)");
    }
}
