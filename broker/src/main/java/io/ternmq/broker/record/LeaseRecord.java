package io.ternmq.broker.record;

/** A change of what is known about the messages in the hands of a group. */
public sealed interface LeaseRecord extends ControlRecord permits LeasesNoted, HandOutMarked, LeasesForgotten {
    /** @return the group */
    String group();
}
