package io.ternmq.compatibility;

import static io.ternmq.compatibility.Collected.bodyOf;
import static io.ternmq.compatibility.RocketMqClients.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.AckCallback;
import org.apache.rocketmq.client.consumer.AckResult;
import org.apache.rocketmq.client.consumer.AckStatus;
import org.apache.rocketmq.client.consumer.PopCallback;
import org.apache.rocketmq.client.consumer.PopResult;
import org.apache.rocketmq.client.consumer.PopStatus;
import org.apache.rocketmq.client.impl.MQClientAPIImpl;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.AckMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.ChangeInvisibleTimeRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.ExtraInfoUtil;
import org.apache.rocketmq.remoting.protocol.header.NotificationRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.NotificationResponseHeader;
import org.apache.rocketmq.remoting.protocol.header.PeekMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.PollingInfoRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.PollingInfoResponseHeader;
import org.apache.rocketmq.remoting.protocol.header.PopMessageRequestHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What RocketMQ's own code writes and reads, asked for directly: its proxy uses it, too. */
@SuppressWarnings("deprecation") // what the clients deprecate is what their users still call
class PopClientTest {
    private static final long TIMEOUT_MS = 10_000;
    private static final long INVISIBLE_MS = 60_000;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    private String topic = "";
    private String group = "";
    private String address = "";
    private String brokerName = "";
    private MQClientAPIImpl client;

    @BeforeEach
    void begin() throws Exception {
        topic = mq.topic(2);
        group = RocketMqClients.newGroup();
        address = mq.brokerAddress();
        brokerName = mq.brokerName();
        ClientGeneration.putGroup(mq.admin(), address, group, 16);
        client = mq.producer().getDefaultMQProducerImpl().getMqClientFactory().getMQClientAPIImpl();
    }

    private PopMessageRequestHeader request(int count, long pollMs) {
        var header = new PopMessageRequestHeader();
        header.setConsumerGroup(group);
        header.setTopic(topic);
        header.setQueueId(-1);
        header.setMaxMsgNums(count);
        header.setInvisibleTime(INVISIBLE_MS);
        header.setPollTime(pollMs);
        header.setBornTime(System.currentTimeMillis());
        header.setInitMode(0);
        header.setExpType("TAG");
        header.setExp("*");
        header.setOrder(false);
        return header;
    }

    private PopResult pop(PopMessageRequestHeader header) throws Exception {
        var answer = new CompletableFuture<PopResult>();
        client.popMessageAsync(brokerName, address, header, header.getPollTime() + TIMEOUT_MS, new PopCallback() {
            @Override
            public void onSuccess(PopResult result) {
                answer.complete(result);
            }

            @Override
            public void onException(Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.get(header.getPollTime() + TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    private List<MessageExt> popAll(int count) throws Exception {
        var all = new ArrayList<MessageExt>();
        Waiting.soon().until(() -> {
            PopResult result = pop(request(count, 1_000));
            if (result.getPopStatus() == PopStatus.FOUND) {
                all.addAll(result.getMsgFoundList());
            }
            return all.size() >= count;
        });
        return all;
    }

    private static final class Answer implements AckCallback {
        private final CompletableFuture<AckResult> result = new CompletableFuture<>();

        @Override
        public void onSuccess(AckResult ackResult) {
            result.complete(ackResult);
        }

        @Override
        public void onException(Throwable e) {
            result.completeExceptionally(e);
        }

        AckResult get() throws Exception {
            return result.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        }
    }

    private AckStatus acknowledge(MessageExt message, String handle) throws Exception {
        var header = new AckMessageRequestHeader();
        header.setConsumerGroup(group);
        header.setTopic(ExtraInfoUtil.getRealTopic(ExtraInfoUtil.split(handle), topic, group));
        header.setQueueId(message.getQueueId());
        header.setOffset(message.getQueueOffset());
        header.setExtraInfo(handle);
        var answer = new Answer();
        client.ackMessageAsync(address, TIMEOUT_MS, answer, header);
        return answer.get().getStatus();
    }

    private AckResult change(MessageExt message, long invisibleMs) throws Exception {
        String handle = handleOf(message);
        var header = new ChangeInvisibleTimeRequestHeader();
        header.setConsumerGroup(group);
        header.setTopic(topic);
        header.setQueueId(message.getQueueId());
        header.setOffset(message.getQueueOffset());
        header.setExtraInfo(handle);
        header.setInvisibleTime(invisibleMs);
        var answer = new Answer();
        client.changeInvisibleTimeAsync(brokerName, address, header, TIMEOUT_MS, answer);
        return answer.get();
    }

    private static String handleOf(MessageExt message) {
        return message.getProperty(MessageConst.PROPERTY_POP_CK);
    }

    @Test
    void aLeaseIsRenewedAndAcknowledgedByItsNewHandle() throws Exception {
        send(mq.producer(), topic, "m", 1);
        MessageExt message = popAll(1).get(0);

        AckResult renewed = change(message, INVISIBLE_MS);

        assertThat(renewed.getStatus()).isEqualTo(AckStatus.OK);
        assertThat(renewed.getPopTime())
                .isGreaterThan(ExtraInfoUtil.getPopTime(ExtraInfoUtil.split(handleOf(message))));
        assertThat(acknowledge(message, handleOf(message))).isEqualTo(AckStatus.NO_EXIST);
        assertThat(acknowledge(message, renewed.getExtraInfo())).isEqualTo(AckStatus.OK);
    }

    @Test
    void manyAreAcknowledgedAtOnce() throws Exception {
        send(mq.producer(), topic, "m", 20);
        List<MessageExt> messages = popAll(20);
        var handles = messages.stream().map(PopClientTest::handleOf).toList();
        var answer = new Answer();

        client.batchAckMessageAsync(address, TIMEOUT_MS, answer, topic, group, handles);

        assertThat(answer.get().getStatus()).isEqualTo(AckStatus.OK);
        PopScenario.awaitDone(mq, group);
        MessageExt first = messages.get(0);
        assertThat(change(first, 1_000).getStatus()).isEqualTo(AckStatus.NO_EXIST);
    }

    @Test
    void whatIsGivenBackComesAgainAndCounts() throws Exception {
        send(mq.producer(), topic, "m", 1);
        MessageExt first = popAll(1).get(0);
        assertThat(first.getReconsumeTimes()).isZero();
        assertThat(change(first, 1).getStatus()).isEqualTo(AckStatus.OK);

        MessageExt again = popAll(1).get(0);

        assertThat(again.getReconsumeTimes()).isEqualTo(1);
        assertThat(again.getMsgId()).isEqualTo(first.getMsgId());
        assertThat(acknowledge(again, handleOf(again))).isEqualTo(AckStatus.OK);
    }

    @Test
    void peekingShowsMessagesAndTakesNone() throws Exception {
        send(mq.producer(), topic, "m", 3);
        var header = new PeekMessageRequestHeader();
        header.setConsumerGroup(group);
        header.setTopic(topic);
        header.setQueueId(-1);
        header.setMaxMsgNums(2);

        RemotingCommand shown = ask(RequestCode.PEEK_MESSAGE, header);

        assertThat(MessageDecoder.decodes(ByteBuffer.wrap(shown.getBody())))
                .hasSize(2)
                .allSatisfy(message -> assertThat(bodyOf(message)).startsWith("m"));
        assertThat(popAll(3)).hasSize(3);
    }

    @Test
    void whoAskedIsToldThatAMessageHasCome() throws Exception {
        var header = new NotificationRequestHeader();
        header.setConsumerGroup(group);
        header.setTopic(topic);
        header.setQueueId(-1);
        header.setPollTime(TIMEOUT_MS);
        header.setBornTime(System.currentTimeMillis());
        CompletableFuture<RemotingCommand> told = client.getRemotingClient()
                .invoke(
                        address,
                        RemotingCommand.createRequestCommand(RequestCode.NOTIFICATION, header),
                        TIMEOUT_MS + TIMEOUT_MS);
        Waiting.soon().until(() -> waitingCount() == 1);

        send(mq.producer(), topic, "m", 1);

        RemotingCommand answer = told.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        var notified = answer.decodeCommandCustomHeader(NotificationResponseHeader.class);
        assertThat(notified.isHasMsg()).isTrue();
        assertThat(notified.isPollingFull()).isFalse();
        assertThat(waitingCount()).isZero();
        assertThat(popAll(1)).hasSize(1);
    }

    private int waitingCount() throws Exception {
        var header = new PollingInfoRequestHeader();
        header.setConsumerGroup(group);
        header.setTopic(topic);
        header.setQueueId(-1);
        var answer = ask(RequestCode.POLLING_INFO, header).decodeCommandCustomHeader(PollingInfoResponseHeader.class);
        return answer.getPollingNum();
    }

    private RemotingCommand ask(int code, CommandCustomHeader header) throws Exception {
        RemotingCommand answer = client.getRemotingClient()
                .invokeSync(address, RemotingCommand.createRequestCommand(code, header), TIMEOUT_MS);
        assertThat(answer.getCode()).as(answer.getRemark()).isEqualTo(ResponseCode.SUCCESS);
        return answer;
    }

    @Test
    void whoWaitsIsToldThatThereIsNothing() throws Exception {
        PopResult waited = pop(request(1, 1_000));
        assertThat(waited.getPopStatus()).isEqualTo(PopStatus.POLLING_NOT_FOUND);
        assertThat(pop(request(1, 0)).getPopStatus()).isEqualTo(PopStatus.POLLING_NOT_FOUND);
    }

    @Test
    void aFailingKeyHoldsUpNoOther() throws Exception {
        var queue = mq.queuesOf(topic).get(0);
        var producer = mq.producer();
        for (String body : List.of("a1", "a2", "b1", "b2")) {
            var message = RocketMqClients.message(topic, body);
            message.putUserProperty("__SHARDINGKEY", body.substring(0, 1));
            assertThat(producer.send(message, queue).getMsgId()).isNotEmpty();
        }

        List<String> first = popInOrder();
        List<String> second = popInOrder();

        assertThat(List.of(first, second)).containsExactlyInAnyOrder(List.of("a1", "a2"), List.of("b1", "b2"));
        assertThat(popInOrder()).isEmpty();
    }

    private List<String> popInOrder() throws Exception {
        var header = request(8, 500);
        header.setOrder(true);
        PopResult result = pop(header);
        return result.getPopStatus() == PopStatus.FOUND
                ? result.getMsgFoundList().stream()
                        .map(message -> bodyOf(message))
                        .toList()
                : List.of();
    }
}
