package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Random;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever one connection does, the others are served. */
class HostileClientTest {
    private static final int CODE_NOT_SUPPORTED = 3;
    private static final int UNKNOWN_CODE = 30_123;
    private static final int PULL_MESSAGE = 11;
    private static final int SUBSCRIPTION_IN_REQUEST = 4;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void anUnknownRequestCodeIsAnsweredAsNotSupported() throws Exception {
        try (var connection = new RawConnection(mq.brokerAddress())) {
            var request = RemotingCommand.createRequestCommand(UNKNOWN_CODE, null);
            connection.write(request);
            RemotingCommand answer = connection.read();
            assertThat(answer.getCode()).isEqualTo(CODE_NOT_SUPPORTED);
            assertThat(answer.getOpaque()).isEqualTo(request.getOpaque());
            assertThat(answer.isResponseType()).isTrue();
            assertThat(answer.getRemark()).contains(Integer.toString(UNKNOWN_CODE));
        }
    }

    @Test
    void aOneWayRequestOfAnUnknownCodeIsNotAnswered() throws Exception {
        try (var connection = new RawConnection(mq.brokerAddress())) {
            var oneWay = RemotingCommand.createRequestCommand(UNKNOWN_CODE, null);
            oneWay.markOnewayRPC();
            var request = RemotingCommand.createRequestCommand(UNKNOWN_CODE + 1, null);
            connection.write(oneWay);
            connection.write(request);
            assertThat(connection.read().getOpaque()).isEqualTo(request.getOpaque());
        }
    }

    @Test
    void requestsInOneWriteAreAllAnswered() throws Exception {
        try (var connection = new RawConnection(mq.brokerAddress())) {
            var frames = ByteBuffer.allocate(64 * 1024);
            var opaques = new ArrayList<Integer>();
            for (int i = 0; i < 100; i++) {
                var request = RemotingCommand.createRequestCommand(UNKNOWN_CODE, null);
                opaques.add(request.getOpaque());
                frames.put(request.encode());
            }
            connection.write(java.util.Arrays.copyOf(frames.array(), frames.position()));
            var answered = new ArrayList<Integer>();
            for (int i = 0; i < 100; i++) {
                answered.add(connection.read().getOpaque());
            }
            assertThat(answered).containsExactlyInAnyOrderElementsOf(opaques);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "\0\0\0\4\0\0\0\377 more than there is",
                "\0\0\0\20\0\0\0\14{not json at all",
                "\0\0\0\20\11\0\0\14an unknown header type",
            })
    void aConnectionThatTalksNonsenseIsClosed(String nonsense) throws Exception {
        try (var connection = new RawConnection(mq.brokerAddress())) {
            connection.write(nonsense.getBytes(UTF_8));
            connection.awaitClosed();
        }
        othersAreServed();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0x7fff_ff00, 64 * 1024 * 1024})
    void aFrameLongerThanAllowedIsRefusedBeforeItIsRead(int lengthBytes) throws Exception {
        try (var connection = new RawConnection(mq.brokerAddress())) {
            connection.write(
                    ByteBuffer.allocate(16).putInt(lengthBytes).putInt(10).array());
            connection.awaitClosed();
        }
        othersAreServed();
    }

    @Test
    void randomBytesHurtNobody() throws Exception {
        var random = new Random(7);
        for (int round = 0; round < 50; round++) {
            try (var connection = new RawConnection(mq.brokerAddress())) {
                var bytes = new byte[1 + random.nextInt(2_000)];
                random.nextBytes(bytes);
                connection.write(bytes);
            }
        }
        othersAreServed();
    }

    @Test
    void aThousandIdleConnectionsHurtNobody() throws Exception {
        String broker = mq.brokerAddress();
        for (int i = 0; i < 1_000; i++) {
            var connection = new RawConnection(broker);
            mq.atEnd(() -> closeQuietly(connection));
        }
        othersAreServed();
    }

    @Test
    void aClientThatAsksForMuchAndReadsNothingHurtsNobody() throws Exception {
        String topic = mq.topic(1);
        var producer = mq.producer();
        var random = new Random(7);
        for (int i = 0; i < 32; i++) {
            var body = new byte[64 * 1024];
            random.nextBytes(body);
            producer.send(new Message(topic, body));
        }
        mq.messagesOf(topic, 32);
        try (var connection = new RawConnection(mq.brokerAddress())) {
            var writer = new Thread(() -> askWithoutEnd(connection, topic), "never reads");
            writer.setDaemon(true);
            writer.start();
            for (int round = 0; round < 5; round++) {
                othersAreServed();
            }
            assertThat(mq.brokerResidentBytes()).isLessThan(450L * 1024 * 1024);
        }
    }

    /** Two thousand times two megabytes: far more than a broker may keep for one client. Ends when the connection does. */
    private static void askWithoutEnd(RawConnection connection, String topic) {
        try {
            for (int i = 0; i < 2_000; i++) {
                connection.write(pull(topic));
            }
        } catch (java.io.IOException e) {
            // closed by the end of the test or by the broker: both are right
        }
    }

    private static RemotingCommand pull(String topic) {
        var request = RemotingCommand.createRequestCommand(PULL_MESSAGE, null);
        request.addExtField("consumerGroup", "never-reads");
        request.addExtField("topic", topic);
        request.addExtField("queueId", "0");
        request.addExtField("queueOffset", "0");
        request.addExtField("maxMsgNums", "32");
        request.addExtField("sysFlag", Integer.toString(SUBSCRIPTION_IN_REQUEST));
        request.addExtField("commitOffset", "0");
        request.addExtField("suspendTimeoutMillis", "0");
        request.addExtField("subscription", "*");
        request.addExtField("subVersion", "0");
        request.addExtField("expressionType", "TAG");
        return request;
    }

    private void othersAreServed() throws Exception {
        String topic = mq.topic(1);
        send(mq.producer(), topic, "m", 2);
        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 2))).containsExactly("m0", "m1");
    }

    private static void closeQuietly(RawConnection connection) {
        try {
            connection.close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
