package io.ternmq.client.wire;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who takes what servers ask. Thread-safe. */
final class Pushes implements PushHandler {

    private final Map<Integer, PushHandler> handlers = new ConcurrentHashMap<>();

    void on(int code, PushHandler handler) {
        handlers.put(code, handler);
    }

    @Override
    public int handle(Connection from, RemotingFrame request) {
        PushHandler handler = handlers.get(request.code());
        return handler == null ? ResponseCode.REQUEST_CODE_NOT_SUPPORTED : handler.handle(from, request);
    }
}
