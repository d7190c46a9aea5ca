package io.ternmq.bench.load;

import io.ternmq.bench.measure.Options;
import java.util.List;

/** A client that is measured, connected to a server where its topics are. Any thread. */
interface LoadClient {

    /** Connects the client that was asked for, and makes what it sends to. */
    static LoadClient start(Options options, String topic, String name) throws Exception {
        String client = options.text("client", "remoting");
        return switch (client) {
            case "remoting" -> Producers.start(options, topic, name);
            case "grpc" -> GrpcClient.start(options, topic, name);
            case "tern" -> TernClient.start(options, topic);
            default ->
                throw new IllegalArgumentException("--client: '" + client + "' (expected: remoting, grpc or tern)");
        };
    }

    void send(byte[] body) throws Exception;

    void sendAsync(byte[] body, Acknowledgement done) throws Exception;

    /** Starts a consumer in a group of its own, which counts into the tally. */
    Arrivals consume(Options options, String topic, String group, Tally tally) throws Exception;

    default void sendOneWay(byte[] body) throws Exception {
        throw notMeasured("one-way");
    }

    default void sendInTransaction(byte[] body) throws Exception {
        throw notMeasured("transaction");
    }

    default void sendBatch(List<byte[]> bodies) throws Exception {
        throw notMeasured("batch");
    }

    default void sendBatchAsync(List<byte[]> bodies, Acknowledgement done) throws Exception {
        throw notMeasured("batch-async");
    }

    private static IllegalArgumentException notMeasured(String mode) {
        return new IllegalArgumentException("--mode: '" + mode + "' (expected: sync or async with this client)");
    }
}
