package io.ternmq.broker.record;

/** Something happened to half messages: the records that make the set of undecided ones. */
public sealed interface HalfMessageChange extends ControlRecord
        permits HalfPrepared, HalfChecked, HalfCarried, HalfDecided {}
