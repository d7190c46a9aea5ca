package io.ternmq.log;

/**
 * A control record, big-endian. Size and magic sit where a message record has them.
 * <pre>
 *   0          4          8      12
 *   +----------+----------+------+-------- … ------+
 *   |total size|  magic   | kind | payload         |
 *   +----------+----------+------+-------- … ------+
 * </pre>
 */
final class ControlRecordLayout {
    static final int MAGIC_VALUE = 0x5445434F; // "TECO"

    static final int TOTAL_SIZE = 0;
    static final int MAGIC = 4;
    static final int KIND = 8;
    static final int PAYLOAD = 12;

    private ControlRecordLayout() {}
}
