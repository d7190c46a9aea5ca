package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.GROUP;
import static io.ternmq.grpc.GrpcFixture.TOPIC;
import static io.ternmq.grpc.GrpcFixture.all;
import static io.ternmq.grpc.GrpcFixture.message;
import static io.ternmq.grpc.GrpcFixture.messages;
import static io.ternmq.grpc.GrpcFixture.receive;
import static io.ternmq.grpc.GrpcFixture.resource;
import static io.ternmq.grpc.GrpcFixture.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import apache.rocketmq.v2.AckMessageEntry;
import apache.rocketmq.v2.AckMessageRequest;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.MessagingServiceGrpc.MessagingServiceBlockingStub;
import apache.rocketmq.v2.ReceiveMessageRequest;
import io.ternmq.broker.access.CreationRules;
import io.ternmq.broker.traffic.Rate;
import io.ternmq.log.storage.FaultyDisk;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients are told by a server that was set up, or goes, in a way that refuses them. */
class RefusalCodesTest {
    @TempDir
    private Path folder;

    @Test
    void whereConsumersMakeNoGroupsAnUnknownOneIsNotFound() {
        GrpcSettings settings = new GrpcSettings(
                "127.0.0.1",
                0,
                "127.0.0.1",
                "broker-a",
                new CreationRules(true, false),
                null,
                GrpcLimits.DEFAULT,
                Rate.UNLIMITED);
        try (GrpcFixture fixture = new GrpcFixture(folder, settings)) {
            assertThat(received(fixture, receive().setGroup(resource("unknown"))))
                    .isEqualTo(Code.CONSUMER_GROUP_NOT_FOUND);
            assertThat(received(fixture, receive())).isEqualTo(Code.MESSAGE_NOT_FOUND);
        }
    }

    @Test
    void aShardThatHasStoppedIsAnErrorOfTheServer() {
        FaultyDisk disk = new FaultyDisk(1);
        try (GrpcFixture fixture = new GrpcFixture(disk.root(), GrpcSettings.of("127.0.0.1", 0))) {
            var client = fixture.client();
            assertThat(client.sendMessage(send(message("x"))).getStatus().getCode())
                    .isEqualTo(Code.OK);
            Message held = messages(client.receiveMessage(receive().build())).get(0);

            disk.failWriteAfter(0);

            assertThat(client.sendMessage(send(message("x"))).getStatus().getCode())
                    .isEqualTo(Code.INTERNAL_SERVER_ERROR);
            assertThat(received(fixture, receive())).isEqualTo(Code.INTERNAL_SERVER_ERROR);
            assertThat(acknowledged(client, held)).isEqualTo(Code.INTERNAL_SERVER_ERROR);
        }
    }

    @Test
    void aFullDiskIsAnErrorOfTheServer() {
        FaultyDisk disk = new FaultyDisk(1);
        try (GrpcFixture fixture = new GrpcFixture(disk.root(), GrpcSettings.of("127.0.0.1", 0))) {
            var client = fixture.client();

            disk.capacity(disk.usedBytes());

            await().until(() -> {
                fixture.clock.advance(1_000);
                return client.sendMessage(send(message("x"))).getStatus().getCode() == Code.INTERNAL_SERVER_ERROR;
            });
        }
    }

    @Test
    void aServerThatGoesIsBusy() {
        try (GrpcFixture fixture = new GrpcFixture(folder)) {
            var client = fixture.client();

            fixture.shard().close();

            assertThat(client.sendMessage(send(message("x"))).getStatus().getCode())
                    .isEqualTo(Code.TOO_MANY_REQUESTS);
        }
    }

    private static Code acknowledged(MessagingServiceBlockingStub client, Message message) {
        AckMessageEntry entry = AckMessageEntry.newBuilder()
                .setReceiptHandle(message.getSystemProperties().getReceiptHandle())
                .build();
        return client.ackMessage(AckMessageRequest.newBuilder()
                        .setTopic(resource(TOPIC))
                        .setGroup(resource(GROUP))
                        .addEntries(entry)
                        .build())
                .getStatus()
                .getCode();
    }

    private static Code received(GrpcFixture fixture, ReceiveMessageRequest.Builder request) {
        return all(fixture.client().receiveMessage(request.build()))
                .get(0)
                .getStatus()
                .getCode();
    }
}
