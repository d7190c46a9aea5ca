package io.ternmq.remoting.access;

import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import io.ternmq.remoting.connection.Exchange;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries what the shard said back to the event loop of the client that asked. */
public final class Later<T> implements Outcome<T>, Completion {
    private final Exchange exchange;
    private final Consumer<T> answer;
    private final boolean refusalIsAnswered;
    private @Nullable T result;
    private @Nullable Refusal refusal;
    private String detail = "";

    /** @param answer answers the exchange with the result; runs in the event loop of its connection */
    public Later(Exchange exchange, Consumer<T> answer) {
        this(exchange, answer, true);
    }

    private Later(Exchange exchange, Consumer<T> answer, boolean refusalIsAnswered) {
        this.exchange = exchange;
        this.answer = answer;
        this.refusalIsAnswered = refusalIsAnswered;
    }

    /** @return one that leaves the client to its time-out when the shard refuses */
    public static <T> Later<T> orNever(Exchange exchange, Consumer<T> answer) {
        return new Later<>(exchange, answer, false);
    }

    @Override
    public void committed(T value) {
        result = value;
        exchange.replies().add(this);
    }

    @Override
    public void refused(Refusal reason, String why) {
        refusal = reason;
        detail = why;
        exchange.replies().add(this);
    }

    @Override
    public void failed() {
        exchange.fail();
    }

    @Override
    public void finish() {
        if (refusal != null && !refusalIsAnswered) {
            exchange.leaveUnanswered();
        } else if (refusal != null) {
            exchange.answer(Refusals.code(refusal), detail);
        } else if (result != null) {
            answer.accept(result);
        }
    }
}
