package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.ternmq.log.storage.SliceInput;
import io.ternmq.log.storage.SliceOutput;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** State made of the numbers that control records hold, in two slices: the even and the odd ones. */
final class TestState implements LogState {
    static final int KIND = 7;
    static final int TRIM_KIND = 8;

    private final List<List<Long>> values = List.of(new ArrayList<>(), new ArrayList<>());
    private final long[] stamps = new long[2];
    private CommitLog log;

    @Override
    public void attach(CommitLog attached) {
        log = attached;
    }

    @Override
    public void apply(int kind, DirectBuffer buffer, int index, int length, long position, long timeMs) {
        long value = buffer.getLong(index, BIG_ENDIAN);
        if (kind == TRIM_KIND) {
            log.trim(value);
            return;
        }
        if (kind != KIND) {
            throw new UnknownRecordKindException(kind);
        }
        int slice = slice(value);
        if (position >= stamps[slice]) {
            add(value);
        }
    }

    void add(long value) {
        values.get(slice(value)).add(value);
    }

    private static int slice(long value) {
        return (int) (value & 1);
    }

    List<Long> values() {
        List<Long> all = new ArrayList<>(values.get(0));
        all.addAll(values.get(1));
        all.sort(null);
        return all;
    }

    @Override
    public int sliceCount() {
        return values.size();
    }

    @Override
    public void writeSlice(int slice, SliceOutput out) {
        out.writeInt(values.get(slice).size());
        values.get(slice).forEach(out::writeLong);
    }

    @Override
    public void restoreSlice(int slice, SliceInput in, long stamp) {
        stamps[slice] = stamp;
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            values.get(slice).add(in.readLong());
        }
    }
}
