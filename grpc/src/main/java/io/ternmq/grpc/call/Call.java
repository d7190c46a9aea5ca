package io.ternmq.grpc.call;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Status;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.access.ReaderPool;
import io.ternmq.log.ReadScratch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call and its answer, which is one message or several. Event-loop thread only; to get there from another thread use
 * {@link CallLoop#replies}.
 *
 * @param <R> what it is answered with
 */
public final class Call<R> {
    private final ServerCall<?, R> call;
    private final CallConnection connection;
    private final ClientHeaders headers;
    private final Function<Status, R> ofStatus;
    private final @Nullable Deadline deadline = Context.current().getDeadline();
    private @Nullable Runnable whenReady;
    private @Nullable Runnable whenLost;
    private @Nullable OutboundShare share;
    private boolean begun;
    private volatile boolean answered;

    Call(ServerCall<?, R> call, CallConnection connection, ClientHeaders headers, Function<Status, R> ofStatus) {
        this.call = call;
        this.connection = connection;
        this.headers = headers;
        this.ofStatus = ofStatus;
    }

    /** @return the connection that it came over */
    public CallConnection connection() {
        return connection;
    }

    /** @return where it runs */
    public CallLoop loop() {
        return connection.loop();
    }

    /** @return who calls */
    public ClientHeaders headers() {
        return headers;
    }

    /** @return how long its client still waits, in milliseconds; {@link Long#MAX_VALUE} when it does not say */
    public long remainingMs() {
        return deadline == null ? Long.MAX_VALUE : deadline.timeRemaining(TimeUnit.MILLISECONDS);
    }

    /** @return whether somebody waits for the answer; any thread */
    public boolean isOpen() {
        return !call.isCancelled() && !answered;
    }

    /** Answers with one message. */
    public void answer(R response) {
        if (isOpen()) {
            write(response);
            end();
        }
    }

    /** Answers that the request is not served, and why. */
    public void refuse(Code code, String reason) {
        answer(ofStatus.apply(Statuses.of(code, reason)));
    }

    /** Answers that the request is not served, and why. */
    public void refuse(CallRefused refused) {
        refuse(refused.code(), refused.reason());
    }

    /** Answers that something went wrong here, which is in the log. */
    public void fail() {
        refuse(Code.INTERNAL_SERVER_ERROR, "internal error");
    }

    /** @return the same step; should it fail, the call is answered nevertheless */
    public Completion answered(Completion step) {
        return step.otherwise(this::fail);
    }

    /**
     * Reads what may have to wait for the disk, on a reader thread.
     *
     * @param reading its result is run in this call's event loop
     * @param failed is run there instead when reading has failed
     * @return false when too much waits to be read already
     */
    public boolean read(ReaderPool readers, Function<ReadScratch, Completion> reading, Completion failed) {
        return readers.submit(scratch -> {
            Completion next = failed;
            try {
                next = reading.apply(scratch);
            } finally {
                loop().replies().run(answered(next));
            }
        });
    }

    /** Writes one message of an answer that has several; lost when nobody waits for it any more. */
    public void write(R response) {
        if (!isOpen()) {
            return;
        }
        if (!begun) {
            begun = true;
            call.sendHeaders(new Metadata());
        }
        call.sendMessage(response);
    }

    /** Ends an answer. */
    public void end() {
        end(io.grpc.Status.OK);
    }

    /** Ends the call with a status of gRPC's own. */
    public void end(io.grpc.Status status) {
        if (isOpen()) {
            answered = true;
            call.close(status, new Metadata());
        }
    }

    /** @return whether the client takes what is written */
    public boolean isReady() {
        return call.isReady();
    }

    /** Runs it as soon as the client takes what is written; never once the call has ended. */
    public void whenReady(Runnable work) {
        if (call.isReady()) {
            work.run();
        } else {
            whenReady = work;
        }
    }

    /** Runs it should the call end before its client has taken the answer. */
    public void whenLost(Runnable work) {
        whenLost = work;
    }

    /** The answer holds so many bytes until its client has taken them. */
    public void holds(OutboundBytes all, long bytes) {
        if (isOpen() && share == null) {
            share = new OutboundShare(all, connection, bytes);
        }
    }

    void ready() {
        Runnable work = whenReady;
        if (work != null) {
            whenReady = null;
            work.run();
        }
    }

    /** The client gave up, or has gone, before it had the whole answer. */
    void lost() {
        ended();
        if (whenLost != null) {
            whenLost.run();
            whenLost = null;
        }
    }

    void ended() {
        answered = true;
        whenReady = null;
        if (share != null) {
            share.release();
            share = null;
        }
    }
}
