package io.ternmq.grpc.call;

import apache.rocketmq.v2.Status;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A method with one request. Whatever happens, the call is answered.
 *
 * @param <Q> what it is asked
 * @param <R> what it is answered with
 */
public final class UnaryMethod<Q, R> implements ServerCallHandler<Q, R> {
    private static final Logger LOG = LoggerFactory.getLogger(UnaryMethod.class);
    /** One more than is expected, so that a second one shows. */
    private static final int REQUESTS = 2;

    private final Function<Status, R> ofStatus;
    private final BiConsumer<Call<R>, Q> handler;

    /**
     * @param ofStatus makes an answer that only says how it went
     * @param handler answers, now or later; what it throws is answered here
     */
    public UnaryMethod(Function<Status, R> ofStatus, BiConsumer<Call<R>, Q> handler) {
        this.ofStatus = ofStatus;
        this.handler = handler;
    }

    @Override
    public ServerCall.Listener<Q> startCall(ServerCall<Q, R> serverCall, Metadata metadata) {
        CallConnection connection =
                Objects.requireNonNull(serverCall.getAttributes().get(CallConnection.KEY));
        Call<R> call = new Call<>(serverCall, connection, ClientHeaders.read(metadata), ofStatus);
        serverCall.request(REQUESTS);
        return new Listener(call);
    }

    private void handle(Call<R> call, Q request) {
        try {
            call.headers().check();
            handler.accept(call, request);
        } catch (CallRefused refused) {
            call.refuse(refused);
        } catch (RuntimeException e) {
            LOG.error("A request could not be answered", e);
            call.fail();
        }
    }

    private final class Listener extends ServerCall.Listener<Q> {
        private final Call<R> call;
        private @Nullable Q request;

        Listener(Call<R> call) {
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            if (request == null) {
                request = message;
            } else {
                call.end(io.grpc.Status.INVALID_ARGUMENT.withDescription("more than one request in a call"));
            }
        }

        @Override
        public void onHalfClose() {
            Q message = request;
            request = null; // what waits for its answer need not hold it
            if (message == null) {
                call.end(io.grpc.Status.INVALID_ARGUMENT.withDescription("a call without a request"));
            } else {
                handle(call, message);
            }
        }

        @Override
        public void onReady() {
            call.ready();
        }

        @Override
        public void onCancel() {
            call.lost();
        }

        @Override
        public void onComplete() {
            call.ended();
        }
    }
}
