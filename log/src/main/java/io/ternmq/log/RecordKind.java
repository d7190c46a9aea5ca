package io.ternmq.log;

/** Which records there are. The kinds between belong to the log's owner. */
final class RecordKind {
    static final int MESSAGE = 0;
    static final int OWNER_MIN = 1;
    static final int OWNER_MAX = 127;
    /** The operator knows of the damage before it: the log may be written again. Payload: the position of the first damage. */
    static final int DAMAGE_ACCEPTED = 128;

    /** A message that was in the log before, moved to where it will be retained: same queue, same offset, new position. */
    static final int MOVED = 129;

    private RecordKind() {}

    static boolean isMessage(int kind) {
        return kind == MESSAGE || kind == MOVED;
    }
}
