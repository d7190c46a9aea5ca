package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.GROUP;
import static io.ternmq.grpc.GrpcFixture.TOPIC;
import static io.ternmq.grpc.GrpcFixture.message;
import static io.ternmq.grpc.GrpcFixture.resource;
import static io.ternmq.grpc.GrpcFixture.send;
import static io.ternmq.grpc.GrpcFixture.system;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.HeartbeatRequest;
import apache.rocketmq.v2.MessageType;
import apache.rocketmq.v2.Publishing;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.TelemetryCommand;
import io.ternmq.broker.member.Membership;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which producers are there to be asked about transactions. */
class TransactionProducersTest {
    private static final long HEARTBEAT_MS = 10_000;

    private GrpcFixture fixture;

    @BeforeEach
    void start(@TempDir Path folder) {
        fixture = new GrpcFixture(folder);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static Settings producer(String... topics) {
        Publishing.Builder publishing = Publishing.newBuilder();
        for (String topic : topics) {
            publishing.addTopics(resource(topic));
        }
        return Settings.newBuilder()
                .setClientType(ClientType.PRODUCER)
                .setPublishing(publishing)
                .build();
    }

    @Test
    void aProducerThatDidNotDeclareItsTopicIsAskedForAsLongAsItGivesSignsOfLife() {
        var stream = new TelemetryClient(fixture.channel(), "p1", producer());
        List<TelemetryCommand> commands = stream.await(1);
        var client = fixture.client("p1");
        assertThat(client.sendMessage(send(
                                message("half").setSystemProperties(system().setMessageType(MessageType.TRANSACTION))))
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.OK);

        for (long passedMs = 0; passedMs <= Membership.SILENCE_MS_MAX; passedMs += HEARTBEAT_MS) {
            fixture.clock.advance(HEARTBEAT_MS);
            assertThat(client.heartbeat(HeartbeatRequest.getDefaultInstance())
                            .getStatus()
                            .getCode())
                    .isEqualTo(Code.OK);
        }
        assertThat(fixture.membership.removeSilent()).isZero();

        int known = commands.size();
        await().until(() -> {
            fixture.clock.advance(HEARTBEAT_MS);
            return commands.size() > known;
        });
        assertThat(commands.get(known).hasRecoverOrphanedTransactionCommand()).isTrue();
    }

    @Test
    void whatAProducerDeclaresNoLongerItIsNotAskedAbout() {
        var stream = new TelemetryClient(fixture.channel(), "p1", producer(TOPIC, "stock"));
        List<TelemetryCommand> unused = stream.await(1);

        stream.say(producer("stock"));
        unused = stream.await(2);

        assertThat(fixture.membership.producers(TOPIC)).isEmpty();
        assertThat(fixture.membership.producers("stock")).hasSize(1);
    }

    @Test
    void aConsumerThatGoesToAnotherGroupLeavesTheFirst() {
        var stream = new TelemetryClient(fixture.channel(), "c1", TelemetryTest.consumer(GROUP));
        List<TelemetryCommand> unused = stream.await(1);

        stream.say(TelemetryTest.consumer("other"));
        unused = stream.await(2);

        assertThat(fixture.membership.isOnline(GROUP)).isFalse();
        assertThat(fixture.membership.isOnline("other")).isTrue();
    }
}
