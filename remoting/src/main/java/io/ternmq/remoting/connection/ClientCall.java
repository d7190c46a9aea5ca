package io.ternmq.remoting.connection;

import io.ternmq.protocol.remoting.RemotingFrame;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that the server makes to a client. Immutable. */
public final class ClientCall {
    /** How long a client may take to answer. */
    public static final long ANSWER_MS_MAX = 5_000;

    private final int code;
    private final Map<String, String> fields;
    private final byte[] body;

    /**
     * @param code one of {@link io.ternmq.protocol.remoting.RequestCode}
     * @param fields names and values
     * @param body may be empty; not to be changed afterwards
     */
    public ClientCall(int code, Map<String, String> fields, byte[] body) {
        this.code = code;
        this.fields = Map.copyOf(fields);
        this.body = body;
    }

    int code() {
        return code;
    }

    Map<String, String> fields() {
        return fields;
    }

    byte[] body() {
        return body;
    }

    /** Hears how a call ended, once, in the event loop of the called client. */
    @FunctionalInterface
    public interface Outcome {
        /** @param answer valid until this returns; null when the client did not answer in time, or has gone */
        void ended(@Nullable RemotingFrame answer);
    }
}
