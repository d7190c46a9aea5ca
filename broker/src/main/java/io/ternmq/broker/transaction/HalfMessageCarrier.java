package io.ternmq.broker.transaction;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.InternalCommand;
import io.ternmq.broker.copy.Carrier;
import io.ternmq.broker.record.HalfCarried;
import io.ternmq.broker.record.HalfDecided;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.broker.state.ShardState;
import java.util.Objects;
import java.util.function.Consumer;
import org.agrona.collections.LongArrayList;

/** Carries undecided half messages along with the log. Shard thread only. */
final class HalfMessageCarrier implements Carrier {
    /** What one command carries at most; by bytes, but for the last copy's overhang. */
    private static final int COUNT_MAX = 64;

    private static final long BYTES_MAX = 256 * 1024;

    private final ShardState state;
    private final HalfMessageCopier copier;
    private final LostHalfMessage lost;
    /** Those that lay before {@link #scannedBefore} when it was looked; since then none came, but some may have gone. */
    private LongArrayList waiting = new LongArrayList();

    private int next;
    private long scannedBefore = -1;

    HalfMessageCarrier(ShardState state, HalfMessageCopier copier, LostHalfMessage lost) {
        this.state = state;
        this.copier = copier;
        this.lost = lost;
    }

    @Override
    public boolean carry(long before, Consumer<Command> executor) {
        if (before != scannedBefore) {
            waiting = state.halfMessages().lyingBefore(before);
            next = 0;
            scannedBefore = before;
        }
        if (next == waiting.size()) {
            return true;
        }
        executor.accept(new InternalCommand(this::decide));
        return false;
    }

    private void decide(Decision decision) {
        if (!decision.hasRoom(Decision.RECORDS_BYTES)) {
            return;
        }
        long bytes = 0;
        for (int i = 0; i < COUNT_MAX && next < waiting.size() && bytes < BYTES_MAX; i++) {
            HalfMessage half = decision.state().halfMessages().get(waiting.getLong(next));
            long carriedBytes = half == null ? 0 : carry(half, decision);
            if (carriedBytes < 0) {
                return;
            }
            bytes += carriedBytes;
            next++;
        }
    }

    /** @return bytes copied; -1 when there is no room for it on the disk */
    private long carry(HalfMessage half, Decision decision) {
        EncodedMessage copy = copier.carried(half);
        if (copy == null) {
            lost.lost(half.position(), half.producerGroup());
            decision.append(new HalfDecided(half.id(), HalfDecided.Fate.LOST));
            return 0;
        }
        if (!decision.hasRoom(copy.logBytes() + Decision.RECORDS_BYTES)) {
            return -1;
        }
        int queueNo = Objects.requireNonNull(decision.state().topics().get(Names.HALF_TOPIC))
                .queueNo(0);
        decision.append(copy, queueNo);
        decision.append(new HalfCarried(half.id(), copy.position()));
        return copy.length();
    }
}
