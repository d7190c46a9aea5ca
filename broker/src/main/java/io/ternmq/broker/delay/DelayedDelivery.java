package io.ternmq.broker.delay;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.state.ShardState;
import io.ternmq.log.CommitLog;
import io.ternmq.log.index.IndexEntries;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Watches the delay levels and delivers what is due. A level's messages all wait equally long, so its queue is in the
 * order in which they come due, and one moment a level is all there is to watch. Shard thread only.
 */
public final class DelayedDelivery {
    /** No message waits in the level. */
    static final long NONE = Long.MAX_VALUE;

    private final CommitLog log;
    private final ShardState state;
    private final DueMessages dueMessages;
    private final long[] dueMs = new long[DelayLevels.LEVEL_MAX + 1];
    private final IndexEntries entry = new IndexEntries(1);
    private int[] queueNos = new int[0];

    /** @param dropped hears of messages whose topic or queue is no more */
    public DelayedDelivery(CommitLog log, ShardState state, DroppedMessage dropped) {
        this.log = log;
        this.state = state;
        this.dueMessages = new DueMessages(log, dropped);
        Arrays.fill(dueMs, NONE);
    }

    /** Looks at what waits already; to be called once the schedule topic exists. */
    public void begin() {
        Topic topic = Objects.requireNonNull(state.topics().get(Names.SCHEDULE_TOPIC));
        queueNos = topic.queueNos();
        for (int level = 1; level <= DelayLevels.LEVEL_MAX; level++) {
            boolean empty = log.queues().nextOffset(queueNo(level))
                    <= state.delayCursors().next(level);
            dueMs[level] = empty ? NONE : 0; // 0: have a look
        }
    }

    /** A message was appended; if it is a delayed one, its level may have one to watch now. */
    public void messageAppended(int queueNo, long nowMs) {
        for (int queueId = 0; queueId < queueNos.length; queueId++) {
            if (queueNos[queueId] == queueNo) {
                int level = queueId + 1;
                dueMs[level] = Math.min(dueMs[level], nowMs + DelayLevels.delayMs(level));
                return;
            }
        }
    }

    /** @return when the next message is due, in milliseconds since 1970; {@link Long#MAX_VALUE} while none waits */
    public long nextDueMs() {
        long next = NONE;
        for (int level = 1; level <= DelayLevels.LEVEL_MAX; level++) {
            next = Math.min(next, dueMs[level]);
        }
        return next;
    }

    /** @return where in the log the first message lies that waits; {@link Long#MAX_VALUE} while none does */
    public long firstWaitingPosition() {
        long first = Long.MAX_VALUE;
        for (int level = 1; level <= queueNos.length; level++) {
            long offset = state.delayCursors().next(level);
            if (log.queues().copy(queueNo(level), offset, 1, entry) > 0) {
                first = Math.min(first, entry.position(0));
            }
        }
        return first;
    }

    /** Hands over a command for each level that has something due. @return how many */
    public int deliver(long nowMs, Consumer<Command> executor) {
        int count = 0;
        for (int level = 1; level <= DelayLevels.LEVEL_MAX; level++) {
            if (dueMs[level] <= nowMs) {
                executor.accept(new DeliverLevel(this, level));
                count++;
            }
        }
        return count;
    }

    /** What a command's records take at most. */
    long roomBytes() {
        return (long) DueMessages.BYTES_MAX + log.recordBytesMax() + Decision.RECORDS_BYTES;
    }

    DueMessages dueMessages() {
        return dueMessages;
    }

    int queueNo(int level) {
        return queueNos[DelayLevels.queueId(level)];
    }

    void watch(int level, long nextDueMs) {
        dueMs[level] = nextDueMs;
    }
}
