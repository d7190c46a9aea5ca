package io.ternmq.client.wire;

import io.ternmq.TernMQException;
import io.ternmq.UnavailableException;
import io.ternmq.protocol.remoting.RemotingFrame;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Any request, with its answer made an object: {@code new Call(code, what, timeoutMs).field(…).to(connection, reader)}. To be used once, by one
 * thread until it is submitted.
 */
public final class Call {

    private static final byte[] NO_BODY = {};
    private static final int FIELD_BYTES = 32;

    private final int code;
    private final String what;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private long timeoutMs;
    private byte[] body = NO_BODY;
    private boolean repeatable = true;

    /**
     * Begins a request.
     *
     * @param code      one of {@link io.ternmq.protocol.remoting.RequestCode}
     * @param what      completes "cannot …"
     * @param timeoutMs for the answer
     */
    public Call(int code, String what, long timeoutMs) {
        this.code = code;
        this.what = what;
        this.timeoutMs = timeoutMs;
    }

    /** Makes something of an answer, on the event loop. */
    @FunctionalInterface
    public interface AnswerReader<T> {

        /**
         * Reads.
         *
         * @param answer any code; valid until the method returns
         * @return what it says
         * @throws TernMQException when it is a refusal
         */
        T read(RemotingFrame answer);
    }

    /**
     * Adds a field.
     *
     * @param name  ASCII
     * @param value a text
     * @return this
     */
    public Call field(String name, String value) {
        fields.put(name, value);
        return this;
    }

    /**
     * Adds a field.
     *
     * @param name  ASCII
     * @param value a number
     * @return this
     */
    public Call field(String name, long value) {
        fields.put(name, Long.toString(value));
        return this;
    }

    /**
     * Adds a field.
     *
     * @param name  ASCII
     * @param value yes or no
     * @return this
     */
    public Call field(String name, boolean value) {
        fields.put(name, Boolean.toString(value));
        return this;
    }

    /**
     * Gives it a body.
     *
     * @param bytes not copied
     * @return this
     */
    public Call body(byte[] bytes) {
        body = bytes;
        return this;
    }

    /**
     * Says that a lost answer matters.
     *
     * @return this
     */
    public Call once() {
        repeatable = false;
        return this;
    }

    /**
     * Gives the server more time, because it may wait.
     *
     * @param ms besides the time-out
     * @return this
     */
    public Call waiting(long ms) {
        timeoutMs += ms;
        return this;
    }

    /**
     * Submits it.
     *
     * @param connection to whom
     * @param reader     makes the result of any answer
     * @param <T>        the result
     * @return completes on the event loop
     */
    public <T> CompletableFuture<T> to(Connection connection, AnswerReader<T> reader) {
        CompletableFuture<T> result = new CompletableFuture<>();
        connection.submit(new Submitted<>(reader, result));
        return result;
    }

    /**
     * Submits it, and expects a success.
     *
     * @param connection to whom
     * @param reader     makes the result of a success
     * @param <T>        the result
     * @return completes on the event loop
     */
    public <T> CompletableFuture<T> expect(Connection connection, AnswerReader<T> reader) {
        return to(connection, answer -> {
            if (answer.code() != 0) {
                throw Failures.refused(what, answer);
            }
            return reader.read(answer);
        });
    }

    /**
     * Submits it, and expects a success that says no more.
     *
     * @param connection to whom
     * @return completes on the event loop
     */
    @SuppressWarnings("NullAway") // the one value of Void
    public CompletableFuture<Void> expect(Connection connection) {
        return expect(connection, answer -> null);
    }

    private final class Submitted<T> extends Request {

        private final AnswerReader<T> reader;
        private final CompletableFuture<T> result;

        Submitted(AnswerReader<T> reader, CompletableFuture<T> result) {
            this.reader = reader;
            this.result = result;
        }

        @Override
        protected String what() {
            return what;
        }

        @Override
        protected int heldBytes() {
            return body.length + fields.size() * FIELD_BYTES;
        }

        @Override
        protected long timeoutMs() {
            return timeoutMs;
        }

        @Override
        protected boolean isRepeatable() {
            return repeatable;
        }

        @Override
        protected void write(RequestWriter out) {
            out.begin(code);
            fields.forEach(out::field);
            out.end(body);
        }

        @Override
        protected void answered(@Nullable RemotingFrame answer) {
            if (answer == null) {
                return;
            }
            T read;
            try {
                read = reader.read(answer);
            } catch (TernMQException refusal) {
                result.completeExceptionally(refusal);
                return;
            } catch (Throwable unreadable) { // whatever it is: nobody else would ever complete the result
                result.completeExceptionally(
                        new UnavailableException("cannot " + what + ": the answer cannot be read", unreadable));
                return;
            }
            result.complete(read);
        }

        @Override
        protected void failed(TernMQException failure) {
            result.completeExceptionally(failure);
        }
    }
}
