package io.ternmq.grpc.call;

import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries what the shard said back to the event loop of the call that asked. */
public final class Later<T> implements Outcome<T>, Completion {
    private final Call<?> call;
    private final Consumer<T> answer;
    private @Nullable T result;
    private @Nullable Refusal refusal;
    private String detail = "";

    /** @param answer answers the call with the result; runs in its event loop */
    public Later(Call<?> call, Consumer<T> answer) {
        this.call = call;
        this.answer = answer;
    }

    @Override
    public void committed(T value) {
        result = value;
        call.loop().replies().add(this);
    }

    @Override
    public void refused(Refusal reason, String why) {
        refusal = reason;
        detail = why;
        call.loop().replies().add(this);
    }

    @Override
    public void failed() {
        call.fail();
    }

    @Override
    public void finish() {
        if (refusal != null) {
            call.refuse(Statuses.code(refusal), detail);
        } else if (result != null) {
            answer.accept(result);
        }
    }
}
