package io.ternmq.client.lease;

import io.ternmq.LeaseLostException;
import io.ternmq.TernMQException;
import io.ternmq.client.wire.Bundle;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Failures;
import io.ternmq.client.wire.Request;
import io.ternmq.client.wire.RequestWriter;
import io.ternmq.protocol.remoting.ReceiptHandle;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Says that one message is done. */
final class Acknowledge extends Request {

    private static final int HELD_BYTES = 256;

    private final LeaseTerms terms;
    private final String topic;
    private final ReceiptHandle handle;
    private final Connection connection;
    private final CompletableFuture<Void> result;
    private final boolean alone;

    Acknowledge(LeaseTerms terms, String topic, ReceiptHandle handle, Connection connection) {
        this(terms, topic, handle, connection, new CompletableFuture<>(), false);
    }

    private Acknowledge(
            LeaseTerms terms,
            String topic,
            ReceiptHandle handle,
            Connection connection,
            CompletableFuture<Void> result,
            boolean alone) {
        this.terms = terms;
        this.topic = topic;
        this.handle = handle;
        this.connection = connection;
        this.result = result;
        this.alone = alone;
    }

    /** Bundles are of one group. */
    private record Key(String group) {}

    LeaseTerms terms() {
        return terms;
    }

    String topic() {
        return topic;
    }

    ReceiptHandle handle() {
        return handle;
    }

    CompletableFuture<Void> result() {
        return result;
    }

    /** What a bundle was refused is asked again one by one, since only some of them may be too late. */
    void submitAlone() {
        connection.submit(new Acknowledge(terms, topic, handle, connection, result, true));
    }

    @SuppressWarnings("NullAway") // the one value of Void
    void done() {
        result.complete(null);
    }

    @Override
    protected String what() {
        return "acknowledge a message of " + topic;
    }

    @Override
    protected int heldBytes() {
        return HELD_BYTES;
    }

    @Override
    protected long timeoutMs() {
        return terms.timeoutMs();
    }

    @Override
    protected @Nullable Object bundleKey() {
        return alone ? null : new Key(terms.group());
    }

    @Override
    protected Bundle bundle() {
        return new AcknowledgeBundle(this);
    }

    @Override
    protected void write(RequestWriter out) {
        out.begin(RequestCode.ACK_MESSAGE)
                .field("consumerGroup", terms.group())
                .field("topic", RetryTopics.realTopic(handle.mark(), topic, terms.group()))
                .field("queueId", handle.queueId())
                .field("extraInfo", handle.encode())
                .field("offset", handle.offset())
                .end();
    }

    @Override
    protected void answered(@Nullable RemotingFrame answer) {
        if (answer == null || answer.code() == ResponseCode.SUCCESS) {
            done();
        } else {
            failed(refusal(what(), answer));
        }
    }

    static TernMQException refusal(String what, RemotingFrame answer) {
        return answer.code() == ResponseCode.NO_MESSAGE
                ? new LeaseLostException("cannot " + what + ": " + answer.remark())
                : Failures.refused(what, answer);
    }

    @Override
    protected void failed(TernMQException failure) {
        result.completeExceptionally(failure);
    }
}
