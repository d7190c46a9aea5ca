package io.ternmq.server.cli;

import apache.rocketmq.v2.MessageType;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.QueryRouteRequest;
import apache.rocketmq.v2.Resource;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.List;

/** What gRPC clients are told of topics. */
final class GrpcRoutes {

    private final int port;

    GrpcRoutes(int port) {
        this.port = port;
    }

    /** The kinds of messages that they may send to the topic's first queue. */
    List<MessageType> takenBy(String topic) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("x-mq-client-id", Metadata.ASCII_STRING_MARSHALLER), "test");
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            return MessagingServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .queryRoute(QueryRouteRequest.newBuilder()
                            .setTopic(Resource.newBuilder().setName(topic))
                            .build())
                    .getMessageQueues(0)
                    .getAcceptMessageTypesList();
        } finally {
            channel.shutdownNow();
        }
    }
}
