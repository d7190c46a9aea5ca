package io.ternmq.client.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ternmq.InvalidRequestException;
import io.ternmq.RecallResult;
import io.ternmq.UnsupportedException;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Failures;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** Takes delayed messages back. Thread-safe. */
public final class Recalls {

    private static final int WORDS = 5;
    private static final int BROKER = 2;

    private final Routes routes;
    private final String producerGroup;
    private final long timeoutMs;

    /**
     * Recalls nothing yet.
     *
     * @param routes        where brokers are
     * @param producerGroup in whose name
     * @param timeoutMs     for an answer
     */
    public Recalls(Routes routes, String producerGroup, long timeoutMs) {
        this.routes = routes;
        this.producerGroup = producerGroup;
        this.timeoutMs = timeoutMs;
    }

    /**
     * Takes one back.
     *
     * @param topic  where it was sent to
     * @param handle from its receipt
     * @return completes with what became of it
     */
    public CompletableFuture<RecallResult> recall(String topic, String handle) {
        String broker = broker(handle);
        String what = "recall a message of " + topic;
        return routes.route(topic).thenCompose(route -> {
            Connection connection = routes.connection(broker);
            return new Call(RequestCode.RECALL_MESSAGE, what, timeoutMs)
                    .field("producerGroup", producerGroup)
                    .field("topic", topic)
                    .field("recallHandle", handle)
                    .to(connection, answer -> result(what, answer));
        });
    }

    private static RecallResult result(String what, RemotingFrame answer) {
        return switch (answer.code()) {
            case ResponseCode.SUCCESS -> RecallResult.CANCELLED;
            case ResponseCode.ILLEGAL_OPERATION -> RecallResult.DELIVERED;
            case ResponseCode.QUERY_NOT_FOUND, ResponseCode.TOPIC_NOT_EXIST -> RecallResult.UNKNOWN;
            case ResponseCode.NO_PERMISSION ->
                throw new UnsupportedException("cannot " + what + ": the server says " + answer.remark());
            default -> throw Failures.refused(what, answer);
        };
    }

    /** A handle is Base64 of: version, topic, broker, time, key; one space between them. */
    private static String broker(String handle) {
        try {
            String[] words = new String(Base64.getUrlDecoder().decode(handle.getBytes(UTF_8)), UTF_8).split(" ", WORDS);
            if (words.length == WORDS) {
                return words[BROKER];
            }
        } catch (IllegalArgumentException notBase64) {
            throw new InvalidRequestException("handle: '" + handle + "' (expected: one of a receipt)", notBase64);
        }
        throw new InvalidRequestException("handle: '" + handle + "' (expected: one of a receipt)");
    }
}
