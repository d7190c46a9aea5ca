package io.ternmq.grpc;

import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.TelemetryCommand;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A client's telemetry stream, made of the bare protocol. */
final class TelemetryClient implements StreamObserver<TelemetryCommand> {
    private final List<TelemetryCommand> commands = new CopyOnWriteArrayList<>();
    private final StreamObserver<TelemetryCommand> requests;
    private volatile Status.Code end;

    TelemetryClient(ManagedChannel channel, String clientId, Settings settings) {
        requests = MessagingServiceGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(GrpcFixture.headers(clientId)))
                .telemetry(this);
        say(settings);
    }

    void say(Settings settings) {
        requests.onNext(TelemetryCommand.newBuilder().setSettings(settings).build());
    }

    boolean isAnswered() {
        return !commands.isEmpty();
    }

    List<TelemetryCommand> await(int count) {
        Awaitility.await().until(() -> commands.size() >= count);
        return commands;
    }

    Status.Code awaitEnd() {
        Awaitility.await().until(() -> end != null);
        return end;
    }

    void close() {
        requests.onCompleted();
    }

    @Override
    public void onNext(TelemetryCommand command) {
        commands.add(command);
    }

    @Override
    public void onError(Throwable failure) {
        end = Status.fromThrowable(failure).getCode();
    }

    @Override
    public void onCompleted() {
        end = Status.Code.OK;
    }
}
