package io.ternmq.broker.command;

import java.util.function.Consumer;

/** Something the shard does on its own account; nobody waits for an answer. */
public final class InternalCommand extends Command {
    private final Consumer<Decision> rule;

    /** @param rule decides; it must not refuse */
    public InternalCommand(Consumer<Decision> rule) {
        this.rule = rule;
    }

    @Override
    public void decide(Decision decision) {
        rule.accept(decision);
    }

    @Override
    protected void committed() {}

    @Override
    protected void refused(Refusal reason, String detail) {}
}
