package io.ternmq.broker.access;

import io.ternmq.broker.member.Connection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that answers questions of operators, whatever protocol they themselves speak. Any thread asks; each answer is told
 * once, on any thread, and is null when the consumer did not answer in time or has gone.
 */
public interface AskedConsumer extends Connection {
    /** What a consumer made of a message that it was given to try. */
    enum Verdict {
        /** It was consumed. */
        CONSUMED,
        /** It failed. */
        FAILED,
        /** The consumer does not try messages so. */
        UNSUPPORTED
    }

    /** Asks what its threads do. */
    void threadStack(Consumer<@Nullable String> answer);

    /**
     * Has it try a message.
     *
     * @param record the whole message; not to be changed afterwards
     */
    void consume(byte[] record, Consumer<@Nullable Verdict> answer);
}
