package io.ternmq.broker.access;

import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;

/** For commands of which nobody waits for the outcome. */
public final class Ignored<T> implements Outcome<T> {
    @Override
    public void committed(T result) {}

    @Override
    public void refused(Refusal refusal, String detail) {}
}
