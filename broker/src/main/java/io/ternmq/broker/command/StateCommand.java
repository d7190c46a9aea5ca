package io.ternmq.broker.command;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes or reads state and answers with a value. The shapes are in {@link StateCommands}; each is a function from
 * the decision to the answer.
 */
public final class StateCommand<T> extends Command {
    private final Function<Decision, T> rule;
    private final boolean writes;
    private final Outcome<T> outcome;
    private @Nullable T result;

    /** A rule throws {@link RefusedException} to refuse; it has appended nothing by then. */
    public StateCommand(boolean writes, Function<Decision, T> rule, Outcome<T> outcome) {
        this.writes = writes;
        this.rule = rule;
        this.outcome = outcome;
    }

    @Override
    public void decide(Decision decision) {
        if (writes && !decision.admitsChange(this)) {
            return;
        }
        try {
            result = rule.apply(decision);
        } catch (RefusedException e) {
            refuse(e.refusal(), e.detail());
        }
    }

    @Override
    protected void committed() {
        if (result == null) {
            throw new IllegalStateException("committed before it was decided");
        }
        outcome.committed(result);
    }

    @Override
    protected void refused(Refusal reason, String detail) {
        outcome.refused(reason, detail);
    }
}
