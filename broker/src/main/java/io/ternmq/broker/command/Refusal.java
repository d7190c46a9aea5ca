package io.ternmq.broker.command;

/** Why a shard said no. Each protocol maps the whole list: a new reason compiles once every protocol has its answer. */
public enum Refusal {
    /** There is no such topic, or it was deleted meanwhile. */
    UNKNOWN_TOPIC,
    /** There is no such group. */
    UNKNOWN_GROUP,
    /** There is no undecided transaction of that id and group: it was decided before, or there never was one. */
    UNKNOWN_TRANSACTION,
    /** The caller asked for something that no caller may have. */
    ILLEGAL,
    /** The topic is compacted, and a message has no key. */
    KEY_MISSING,
    /** A named limit was reached; the same request may pass a moment later. */
    BUSY,
    /** There is no room on the disk; reads go on, and writes as soon as there is room. */
    DISK_FULL,
    /** The log found damage at start that may hide changes of state; an operator has to accept it. */
    READ_ONLY,
    /** The shard was closed, or stopped because it could not write. */
    STOPPED
}
