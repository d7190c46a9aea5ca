package io.ternmq.broker.lease;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.catalog.TopicTemplate;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.InternalCommand;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.broker.record.LeasesNoted;
import io.ternmq.broker.retry.HandBack;
import io.ternmq.broker.state.ShardState;
import io.ternmq.log.CommitLog;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.protocol.message.MessageRecord;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Copies messages that were tried too often to their group's dead letters. Shard thread only. */
final class DeadLetters {
    /** One command copies so many at most; and no further one once it has that many bytes. */
    private static final int COUNT_MAX = 64;

    private static final long BYTES_MAX = 256 * 1024;
    /** What is noted of the queues, by any likelihood, and a topic that is to be made. */
    private static final int ROOM_BYTES = 512 * 1024;
    /** Where the disk has no room for the copy. */
    private static final long TRY_AGAIN_MS = 10_000;

    private static final ReadLimits ONE = new ReadLimits(1, 1, 1);

    private final CommitLog log;
    private final ShardState state;
    private final HandBack handBack = new HandBack();
    private final ReadScratch scratch = new ReadScratch();
    private final ArrayDeque<Lease> exhausted = new ArrayDeque<>();

    DeadLetters(CommitLog log, ShardState state) {
        this.log = log;
        this.state = state;
    }

    void add(Lease lease) {
        exhausted.add(lease);
    }

    boolean isEmpty() {
        return exhausted.isEmpty();
    }

    /** Hands over a command that copies some. @return how many commands */
    int decide(Consumer<Command> executor) {
        if (exhausted.isEmpty()) {
            return 0;
        }
        executor.accept(new InternalCommand(this::copySome));
        return 1;
    }

    /** What is copied is noted to be done in the same command: a crash leaves both or neither. */
    private void copySome(Decision decision) {
        if (!decision.hasRoom(ROOM_BYTES)) {
            exhausted.forEach(lease -> putOff(lease, decision));
            exhausted.clear();
            return;
        }
        Set<QueueLeases> queues = new LinkedHashSet<>();
        long bytes = 0;
        for (int count = 0; count < COUNT_MAX && bytes < BYTES_MAX; count++) {
            Lease lease = exhausted.poll();
            if (lease == null) {
                break;
            }
            if (lease.place() == Lease.Place.EXHAUSTED) {
                bytes += copy(lease, decision);
                queues.add(lease.queue());
            }
        }
        queues.forEach(queue -> note(queue, decision));
    }

    private static void note(QueueLeases queue, Decision decision) {
        TopicLeases topic = queue.topic();
        // with the offset, since a queue of which nothing is open may be forgotten from now on
        decision.progress()
                .commit(new CommittedOffset(topic.group(), topic.name(), queue.queueId(), queue.floorOffset()));
        decision.append(new LeasesNoted(queue.note()));
    }

    /** @return how large the copy is */
    private long copy(Lease lease, Decision decision) {
        QueueLeases queue = lease.queue();
        GroupConfig group = state.groups().get(queue.topic().group());
        EncodedMessage copy = group == null ? null : copyOf(lease, group);
        if (group == null || copy == null) {
            queue.close(lease); // gone with its part of the log, or damaged and reported
            return 0;
        }
        if (!decision.hasRoom(ROOM_BYTES + copy.logBytes())) {
            putOff(lease, decision);
            return 0;
        }
        decision.append(copy, topic(group, decision).queueNo(0));
        queue.close(lease);
        return copy.length();
    }

    private static void putOff(Lease lease, Decision decision) {
        if (lease.place() == Lease.Place.EXHAUSTED) {
            Deadlines deadlines = lease.queue().topic().deadlines();
            lease.renew(decision.nowMs(), decision.nowMs() + TRY_AGAIN_MS, deadlines);
        }
    }

    private @Nullable EncodedMessage copyOf(Lease lease, GroupConfig group) {
        @Nullable EncodedMessage[] copy = {null};
        ReadResult unused = log.reader()
                .read(
                        lease.queue().queueNo(),
                        lease.offset(),
                        ONE,
                        TagFilter.ALL,
                        (buffer, index, length, offset) -> {
                            if (offset == lease.offset()) {
                                MessageRecord record = new MessageRecord().wrap(buffer, index, length);
                                copy[0] = handBack.deadLetter(
                                        record, group, record.reconsumeTimes() + lease.attempts() - 1);
                            }
                            return true;
                        },
                        scratch);
        return copy[0];
    }

    private static Topic topic(GroupConfig group, Decision decision) {
        TopicConfig config = TopicTemplate.deadLetterTopic(group.name());
        if (decision.state().topics().get(config.name()) == null) {
            decision.state().topics().decidePut(config).ifPresent(decision::append);
        }
        return Objects.requireNonNull(decision.state().topics().get(config.name()));
    }
}
