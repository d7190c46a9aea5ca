package io.ternmq.remoting.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.access.LoopReplies;
import io.ternmq.protocol.remoting.HeaderFormat;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RemotingFrameEncoder;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.body.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Until it is answered it counts against the connection's limits. Its answer is written in
 * the event loop of its connection; to get there from another thread use {@link #replies}.
 *
 * <p>Answers with fields: {@code exchange.begin(SUCCESS, null).field(…)}, then {@link #end()}. Requests that want no
 * answer are ended in the same way; nothing is written then.
 */
public final class Exchange {
    private final ClientConnection connection;
    private final HeaderFormat format;
    private final int opaque;
    private final boolean oneway;
    private final int code;
    private final int heldBytes;
    private boolean open = true;

    Exchange(ClientConnection connection, RemotingFrame request, int heldBytes) {
        this.connection = connection;
        this.format = request.format();
        this.opaque = request.opaque();
        this.oneway = request.isOneway();
        this.code = request.code();
        this.heldBytes = heldBytes;
    }

    /** @return whose request it is */
    public ClientConnection connection() {
        return connection;
    }

    /** @return the way to the connection's event loop */
    public LoopReplies replies() {
        return connection.loop().replies();
    }

    /** @return the request's code */
    public int code() {
        return code;
    }

    /** Begins the answer; nothing else may be answered in this loop until it is ended. */
    public RemotingFrameEncoder begin(int responseCode, @Nullable String remark) {
        return connection.loop().encoder().beginResponse(format, opaque, responseCode, remark);
    }

    /** Ends an answer without a body. */
    public void end() {
        end(Unpooled.EMPTY_BUFFER);
    }

    /** Ends an answer with a body, which is released when it was written. */
    public void end(ByteBuf body) {
        if (!open) {
            body.release();
            throw new IllegalStateException("request " + code + " is answered twice");
        }
        open = false;
        if (oneway) {
            body.release();
        } else {
            connection.write(connection.loop().encoder(), body);
        }
        connection.answered(heldBytes);
    }

    /** Ends without an answer: for questions where clients take an error for something worse than a time-out. */
    public void leaveUnanswered() {
        open = false;
        connection.answered(heldBytes);
    }

    /** Answers with a code and a reason, without fields and body. */
    public void answer(int responseCode, @Nullable String remark) {
        begin(responseCode, remark);
        end();
    }

    /** Answers that all is well, and nothing else. */
    public void succeed() {
        answer(ResponseCode.SUCCESS, null);
    }

    /** Answers that all is well, with a body. */
    public void succeed(JsonBody body) {
        begin(ResponseCode.SUCCESS, null);
        end(Unpooled.wrappedBuffer(body.toBytes()));
    }

    /** Answers that something went wrong here, which is in the log; unless it was answered before that. */
    public void fail() {
        answerIfOpen(ResponseCode.SYSTEM_ERROR, "internal error");
    }

    /** @return the same step; should it fail, the exchange is answered nevertheless */
    public Completion answered(Completion step) {
        return step.otherwise(this::fail);
    }

    /** Like {@link #answer}, if it was not answered before. */
    void answerIfOpen(int responseCode, String remark) {
        if (open) {
            answer(responseCode, remark);
        }
    }
}
