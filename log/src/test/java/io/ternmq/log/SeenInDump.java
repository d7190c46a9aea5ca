package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.List;
import org.agrona.DirectBuffer;

/** Lists what a dump shows. */
record SeenInDump(List<String> seen) implements LogDump.Visitor {
    @Override
    public boolean entry(LogDump.Entry entry) {
        return seen.add("entry " + entry.entryIndex());
    }

    @Override
    public boolean message(LogDump.Row record, DirectBuffer buffer, int index, int length) {
        return seen.add("message " + TestRecords.number(buffer, index, length));
    }

    @Override
    public boolean control(LogDump.Row record, DirectBuffer buffer, int index, int length) {
        return seen.add("control " + buffer.getLong(index, BIG_ENDIAN));
    }

    @Override
    public boolean damaged(long position, long bytes, String reason) {
        return seen.add("damaged");
    }
}
