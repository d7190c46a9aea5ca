package io.ternmq.grpc;

import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.MessageQueue;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.ReceiveMessageRequest;
import apache.rocketmq.v2.ReceiveMessageResponse;
import apache.rocketmq.v2.Resource;
import apache.rocketmq.v2.SendMessageRequest;
import apache.rocketmq.v2.SystemProperties;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.ternmq.broker.Shard;
import io.ternmq.broker.ShardListener;
import io.ternmq.broker.ShardSettings;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.CommittedReplies;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.member.Membership;
import io.ternmq.log.LogSettings;
import io.ternmq.log.TurnedClock;
import io.ternmq.log.storage.DiskDirectory;
import io.ternmq.log.storage.LogDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A gRPC server with a real shard in a folder and a free port, whose clock the test turns, and clients made of the bare protocol. */
final class GrpcFixture implements AutoCloseable {
    static final long START_MS = 1_700_000_000_000L;
    static final String TOPIC = "orders";
    static final String GROUP = "billing";

    final TurnedClock clock = new TurnedClock(START_MS);
    final Membership membership = new Membership(clock);
    private final Shard shard;
    private final Broker broker;
    private final GrpcServer server;
    private final List<ManagedChannel> channels = new ArrayList<>();

    GrpcFixture(Path folder) {
        this(folder, GrpcSettings.of("127.0.0.1", 0));
    }

    GrpcFixture(Path folder, GrpcSettings settings) {
        this(directory(folder), settings);
    }

    GrpcFixture(LogDirectory directory, GrpcSettings settings) {
        CommittedReplies replies = new CommittedReplies();
        try {
            shard = Shard.open(
                    ShardSettings.of(LogSettings.defaults(), ShardSettings.Flush.ASYNC),
                    directory,
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
        server = GrpcServer.start(settings, broker);
        topic(TOPIC, Permission.READ | Permission.WRITE, Map.of());
        group(GROUP, false);
    }

    private static LogDirectory directory(Path folder) {
        try {
            return DiskDirectory.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Shard shard() {
        return shard;
    }

    int port() {
        return server.port();
    }

    void topic(String name, int permission, Map<String, String> attributes) {
        topic(new TopicConfig(name, 2, 2, permission, false, attributes));
    }

    void topic(TopicConfig config) {
        this.<io.ternmq.broker.catalog.Topic>ask(outcome -> StateCommands.putTopic(config, outcome));
    }

    void group(String name, boolean ordered) {
        group(new GroupConfig(name, true, true, ordered, 1, 3, true, Map.of(), RetryPolicy.CLASSIC));
    }

    void group(GroupConfig config) {
        this.<GroupConfig>ask(outcome -> StateCommands.putGroup(config, outcome));
    }

    private <T> void ask(Function<Outcome<T>, Command> command) {
        var answer = new CompletableFuture<T>();
        shard.submit(command.apply(new Outcome<>() {
            @Override
            public void committed(T result) {
                answer.complete(result);
            }

            @Override
            public void refused(Refusal refusal, String detail) {
                answer.completeExceptionally(new IllegalStateException(detail));
            }
        }));
        T unused = answer.join();
    }

    /** A new connection; closed with the fixture. */
    ManagedChannel channel() {
        return channel(NettyChannelBuilder.DEFAULT_FLOW_CONTROL_WINDOW);
    }

    /** A new connection whose client takes so many bytes that nobody reads; closed with the fixture. */
    ManagedChannel channel(int windowBytes) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .flowControlWindow(windowBytes)
                .usePlaintext()
                .build();
        channels.add(channel);
        return channel;
    }

    MessagingServiceGrpc.MessagingServiceBlockingStub client(String clientId) {
        return MessagingServiceGrpc.newBlockingStub(channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(clientId)));
    }

    MessagingServiceGrpc.MessagingServiceBlockingStub client() {
        return client("client-1");
    }

    static Metadata headers(String clientId) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("x-mq-client-id", Metadata.ASCII_STRING_MARSHALLER), clientId);
        headers.put(Metadata.Key.of("x-mq-language", Metadata.ASCII_STRING_MARSHALLER), "JAVA");
        return headers;
    }

    static Resource resource(String name) {
        return Resource.newBuilder().setName(name).build();
    }

    static SystemProperties.Builder system() {
        return SystemProperties.newBuilder()
                .setMessageId(UUID.randomUUID().toString())
                .setBornTimestamp(Timestamp.newBuilder().setSeconds(START_MS / 1_000));
    }

    static Message.Builder message(String body) {
        return Message.newBuilder()
                .setTopic(resource(TOPIC))
                .setBody(ByteString.copyFromUtf8(body))
                .setSystemProperties(system());
    }

    static SendMessageRequest send(Message.Builder... messages) {
        SendMessageRequest.Builder request = SendMessageRequest.newBuilder();
        for (Message.Builder message : messages) {
            request.addMessages(message);
        }
        return request.build();
    }

    static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    /** Asks for messages, and does not wait for some. */
    static ReceiveMessageRequest.Builder receive() {
        return ReceiveMessageRequest.newBuilder()
                .setGroup(resource(GROUP))
                .setMessageQueue(MessageQueue.newBuilder().setTopic(resource(TOPIC)))
                .setBatchSize(32)
                .setInvisibleDuration(seconds(30))
                .setLongPollingTimeout(seconds(0));
    }

    /** The whole of an answer. */
    static List<ReceiveMessageResponse> all(Iterator<ReceiveMessageResponse> answer) {
        List<ReceiveMessageResponse> all = new ArrayList<>();
        answer.forEachRemaining(all::add);
        return all;
    }

    /** The messages of an answer. */
    static List<Message> messages(Iterator<ReceiveMessageResponse> answer) {
        return all(answer).stream()
                .filter(ReceiveMessageResponse::hasMessage)
                .map(ReceiveMessageResponse::getMessage)
                .toList();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        for (ManagedChannel channel : channels) {
            try {
                boolean unused = channel.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        server.close();
        broker.close();
        shard.close();
    }
}
