package io.ternmq.remoting.connection;

import io.ternmq.broker.access.RateLimitedLog;
import io.ternmq.protocol.remoting.BadFieldException;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.body.BodyFormatException;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each request to the handler of its code. Belongs to one event loop. */
public final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Int2ObjectHashMap<RequestHandler> handlers = new Int2ObjectHashMap<>();
    private final RateLimitedLog complaints;

    /** @param handlers by request code */
    public Dispatcher(Map<Integer, RequestHandler> handlers, RateLimitedLog complaints) {
        this.handlers.putAll(handlers);
        this.complaints = complaints;
    }

    /** Has the request answered, whatever happens. */
    void dispatch(Exchange exchange, RemotingFrame request) {
        RequestHandler handler = handlers.get(request.code());
        if (handler == null) {
            String remark = "request code " + request.code() + " is not supported";
            complaints.warn(
                    "code " + request.code(),
                    remark + ", asked by " + exchange.connection().remoteAddress());
            exchange.answer(ResponseCode.REQUEST_CODE_NOT_SUPPORTED, remark);
            return;
        }
        try {
            handler.handle(exchange, request);
        } catch (BadFieldException | BodyFormatException e) {
            exchange.answer(ResponseCode.SYSTEM_ERROR, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Request {} of {} failed", request, exchange.connection().remoteAddress(), e);
            exchange.answerIfOpen(ResponseCode.SYSTEM_ERROR, "internal error: " + e);
        }
    }
}
