package io.ternmq.embedded;

import io.ternmq.Lag;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.protocol.message.MessageRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How far a group is behind in a topic. */
final class GroupLag {

    private static final int RECORD_BYTES_MAX = 8 << 20;

    private final ShardAccess access;
    private final ReaderThreads readers;
    private final String group;

    GroupLag(ShardAccess access, ReaderThreads readers, String group) {
        this.access = access;
        this.readers = readers;
        this.group = group;
    }

    CompletableFuture<Lag> of(Topic topic) {
        CompletableFuture<Lag> lag = new CompletableFuture<>();
        CompletableFuture<List<Long>> committed = access.ask(outcome -> StateCommands.readProgress(
                progress -> {
                    List<Long> offsets = new ArrayList<>();
                    for (int queueId = 0; queueId < topic.queueCount(); queueId++) {
                        offsets.add(progress.get(group, topic.name(), queueId));
                    }
                    return offsets;
                },
                outcome));
        return committed.thenCompose(offsets -> {
            readers.read(lag, scratch -> sum(topic, offsets, scratch));
            return lag;
        });
    }

    private Lag sum(Topic topic, List<Long> offsets, ReadScratch scratch) {
        QueueIndex queues = access.shard().queues();
        long nowMs = access.shard().timeMs();
        Lag sum = Lag.NONE;
        for (int queueId = 0; queueId < offsets.size(); queueId++) {
            int queueNo = topic.queueNo(queueId);
            long next = Math.max(queues.minOffset(queueNo), offsets.get(queueId));
            long behind = queues.maxOffset(queueNo) - next;
            if (behind > 0) {
                long ageMs = Math.max(0, nowMs - storedMs(queueNo, next, nowMs, scratch));
                sum = sum.plus(new Lag(behind, Duration.ofMillis(ageMs)));
            }
        }
        return sum;
    }

    private long storedMs(int queueNo, long offset, long otherwise, ReadScratch scratch) {
        long[] storedMs = {otherwise};
        access.shard()
                .reader()
                .read(
                        queueNo,
                        offset,
                        new ReadLimits(1, RECORD_BYTES_MAX, 1),
                        TagFilter.ALL,
                        (buffer, index, length, at) -> {
                            storedMs[0] = new MessageRecord()
                                    .wrap(buffer, index, length)
                                    .storeTimestamp();
                            return true;
                        },
                        scratch);
        return storedMs[0];
    }
}
