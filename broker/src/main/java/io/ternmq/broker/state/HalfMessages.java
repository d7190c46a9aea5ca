package io.ternmq.broker.state;

import io.ternmq.broker.record.HalfCarried;
import io.ternmq.broker.record.HalfCheck;
import io.ternmq.broker.record.HalfChecked;
import io.ternmq.broker.record.HalfDecided;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.broker.record.HalfMessageChange;
import io.ternmq.broker.record.HalfPrepared;
import io.ternmq.broker.record.RecordInput;
import io.ternmq.broker.record.RecordOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/** The half messages that nobody has decided on, by id and by the time of their next check. Shard thread only. */
public final class HalfMessages {
    /** {@link #nextCheckMs} when there is none. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int GROUPS_REMEMBERED_MAX = 4_096;

    private final List<Long2ObjectHashMap<HalfMessage>> partitions = Stream.generate(
                    Long2ObjectHashMap<HalfMessage>::new)
            .limit(Partitions.COUNT)
            .toList();
    private final TreeSet<HalfMessage> byNextCheck =
            new TreeSet<>(Comparator.comparingLong(HalfMessage::nextCheckMs).thenComparingLong(HalfMessage::id));
    /** Groups have many half messages and one name. */
    private final Map<String, String> groups = new HashMap<>();

    /** @return the half message of that id, or null when none is undecided */
    public @Nullable HalfMessage get(long id) {
        return partition(id).get(id);
    }

    /** @return how many there are */
    public int count() {
        return byNextCheck.size();
    }

    /** @return when the first one is due to be asked about, in milliseconds since 1970, or {@link #NEVER} */
    public long nextCheckMs() {
        return byNextCheck.isEmpty() ? NEVER : byNextCheck.first().nextCheckMs();
    }

    /** @return those that are due to be asked about, the longest due first, at most so many */
    public List<HalfMessage> due(long nowMs, int countMax) {
        List<HalfMessage> due = new ArrayList<>();
        for (HalfMessage half : byNextCheck) {
            if (half.nextCheckMs() > nowMs || due.size() >= countMax) {
                break;
            }
            due.add(half);
        }
        return due;
    }

    /** @return the ids of those that lie before the position; looks at all of them */
    public LongArrayList lyingBefore(long position) {
        LongArrayList ids = new LongArrayList();
        for (HalfMessage half : byNextCheck) {
            if (half.position() < position) {
                ids.addLong(half.id());
            }
        }
        return ids;
    }

    /** @param isNews whether the half message of an id does not know the change yet */
    void apply(HalfMessageChange change, LongPredicate isNews) {
        if (change instanceof HalfPrepared prepared) {
            if (isNews.test(prepared.message().id())) {
                put(withSharedName(prepared.message()));
            }
        } else if (change instanceof HalfChecked checked) {
            checked.checks().stream().filter(row -> isNews.test(row.id())).forEach(this::apply);
        } else if (change instanceof HalfCarried carried) {
            HalfMessage half = get(carried.id());
            if (half != null && isNews.test(carried.id())) {
                put(half.movedTo(carried.position()));
            }
        } else if (change instanceof HalfDecided decided && isNews.test(decided.id())) {
            remove(decided.id());
        }
    }

    void write(int partition, RecordOutput out) {
        out.intValue(partitions.get(partition).size());
        partitions.get(partition).values().forEach(half -> new HalfPrepared(half).encode(out));
    }

    void restore(RecordInput in) {
        int count = in.count(1);
        for (int i = 0; i < count; i++) {
            put(withSharedName(HalfPrepared.decode(in).message()));
        }
    }

    private void apply(HalfCheck row) {
        HalfMessage half = get(row.id());
        if (half != null) {
            put(half.checked(row.checks(), row.nextCheckMs()));
        }
    }

    private void put(HalfMessage half) {
        HalfMessage old = partition(half.id()).put(half.id(), half);
        if (old != null) {
            byNextCheck.remove(old);
        }
        byNextCheck.add(half);
    }

    private void remove(long id) {
        HalfMessage old = partition(id).remove(id);
        if (old != null) {
            byNextCheck.remove(old);
        }
    }

    private HalfMessage withSharedName(HalfMessage half) {
        if (groups.size() >= GROUPS_REMEMBERED_MAX) {
            groups.clear();
        }
        String known = groups.putIfAbsent(half.producerGroup(), half.producerGroup());
        return known == null
                ? half
                : new HalfMessage(half.id(), half.offset(), half.position(), known, half.checks(), half.nextCheckMs());
    }

    private Long2ObjectHashMap<HalfMessage> partition(long id) {
        return partitions.get(Partitions.of(id));
    }
}
