package io.ternmq.broker.record;

/** A change of what is known about timed messages. */
public sealed interface TimerRecord extends ControlRecord
        permits TimersAdded, TimersFired, TimersMoved, TimerCancelled, TimerHandMoved {}
