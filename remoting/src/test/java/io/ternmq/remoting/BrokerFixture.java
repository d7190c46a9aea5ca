package io.ternmq.remoting;

import io.ternmq.broker.Shard;
import io.ternmq.broker.ShardListener;
import io.ternmq.broker.ShardSettings;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.CommittedReplies;
import io.ternmq.broker.member.Membership;
import io.ternmq.log.LogSettings;
import io.ternmq.log.TurnedClock;
import io.ternmq.log.storage.DiskDirectory;
import io.ternmq.log.storage.LogDirectory;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server with a real shard in a folder and free ports, whose clock the test turns. */
final class BrokerFixture implements AutoCloseable {
    static final long START_MS = 1_700_000_000_000L;
    static final String HOST = "127.0.0.1";

    final TurnedClock clock = new TurnedClock(START_MS);
    final Membership membership = new Membership(clock);
    private final List<TestClient> clients = new ArrayList<>();
    private final Shard shard;
    private final Broker broker;
    private final RemotingServer server;

    BrokerFixture(Path folder) {
        this(folder, RemotingSettings.of(HOST, 0, 0));
    }

    BrokerFixture(Path folder, RemotingSettings settings) {
        this(open(folder), settings);
    }

    BrokerFixture(LogDirectory folder, RemotingSettings settings) {
        CommittedReplies replies = new CommittedReplies();
        try {
            shard = Shard.open(
                    ShardSettings.of(LogSettings.defaults(), ShardSettings.Flush.ASYNC),
                    folder,
                    clock,
                    clock,
                    new ShardListener() {
                        @Override
                        public void batchAnswered() {
                            replies.handOver();
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shard.start();
        broker = new Broker(shard, membership, replies, clock);
        server = RemotingServer.start(settings, broker);
    }

    private static LogDirectory open(Path folder) {
        try {
            return DiskDirectory.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RemotingServer server() {
        return server;
    }

    Shard shard() {
        return shard;
    }

    /** What the server does every few seconds. */
    void removeSilent() {
        broker.removeSilent();
    }

    /** @return a new client, which is closed with the fixture */
    TestClient connect() {
        TestClient client =
                new TestClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.brokerPort()));
        clients.add(client);
        return client;
    }

    /** Sends a message; its topic comes into being by that. */
    static RemotingFrame send(
            TestClient client, String topic, int queueId, String body, Map<String, String> properties) {
        return client.ask(RequestCode.SEND_MESSAGE_V2, sendFields(topic, queueId, properties), body);
    }

    static Map<String, Object> sendFields(String topic, int queueId, Map<String, String> properties) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("a", "producers");
        fields.put("b", topic);
        fields.put("c", "TBW102");
        fields.put("d", 4);
        fields.put("e", queueId);
        fields.put("f", 0);
        fields.put("g", START_MS);
        fields.put("h", 7);
        fields.put("i", new String(MessageProperties.format(properties), StandardCharsets.UTF_8));
        return fields;
    }

    /** Pulls everything of a queue, whatever its tags. */
    static Map<String, Object> pullFields(String group, String topic, int queueId, long offset) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("consumerGroup", group);
        fields.put("topic", topic);
        fields.put("queueId", queueId);
        fields.put("queueOffset", offset);
        fields.put("maxMsgNums", 32);
        fields.put("sysFlag", 4);
        fields.put("commitOffset", 0);
        fields.put("suspendTimeoutMillis", 15_000);
        fields.put("subscription", "*");
        fields.put("subVersion", 0);
        return fields;
    }

    @Override
    public void close() {
        clients.forEach(TestClient::close);
        server.close();
        broker.close();
        shard.close();
    }
}
