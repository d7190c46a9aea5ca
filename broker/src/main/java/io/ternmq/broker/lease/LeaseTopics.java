package io.ternmq.broker.lease;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.claim.QueueClaim;
import io.ternmq.broker.claim.QueueClaims;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.broker.record.ControlRecord;
import io.ternmq.broker.record.GroupDeleted;
import io.ternmq.broker.record.LeasesForgotten;
import io.ternmq.broker.record.OffsetsCommitted;
import io.ternmq.broker.record.OffsetsDeleted;
import io.ternmq.broker.record.QueueStanding;
import io.ternmq.broker.record.TopicDeleted;
import io.ternmq.broker.record.TopicPut;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.broker.state.Progress;
import io.ternmq.broker.state.ShardState;
import io.ternmq.log.CommitLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** What each group takes by lease, found by group, by topic and by queue. Shard thread only. */
final class LeaseTopics {
    private final Leases leases;
    private final CommitLog log;
    private final PendingProgress progress;
    private final QueueClaims claims;
    private final Map<String, Map<String, TopicLeases>> groups = new HashMap<>();
    private final Int2ObjectHashMap<List<TopicLeases>> byQueueNo = new Int2ObjectHashMap<>();

    LeaseTopics(Leases leases, CommitLog log, PendingProgress progress, QueueClaims claims) {
        this.claims = claims;
        this.leases = leases;
        this.log = log;
        this.progress = progress;
    }

    @Nullable
    TopicLeases get(String group, String topic) {
        return groups.getOrDefault(group, Map.of()).get(topic);
    }

    TopicLeases getOrAdd(String group, String topic) {
        return groups.computeIfAbsent(group, name -> new HashMap<>())
                .computeIfAbsent(topic, name -> new TopicLeases(leases, group, name));
    }

    /** @return those that take from the queue */
    List<TopicLeases> ofQueue(int queueNo) {
        return byQueueNo.getOrDefault(queueNo, List.of());
    }

    void forEach(Consumer<TopicLeases> action) {
        groups.values().forEach(topics -> topics.values().forEach(action));
    }

    boolean knows(QueueLeases queue) {
        return queue.topic().queue(queue.queueId()) == queue
                && get(queue.topic().group(), queue.topic().name()) == queue.topic();
    }

    /**
     * @return how the group stands in the queue, which is leased from now on; where it has no offset yet, it begins now. Null when a
     *     member reads the queue by offset
     */
    @Nullable
    QueueLeases queue(TopicLeases topicLeases, Topic topic, int queueId, boolean fromLatest, Decision decision) {
        QueueClaim claim = claims.getOrAdd(topicLeases.group(), topic.name(), queueId);
        if (!claim.lease(decision.nowMs())) {
            topicLeases.passedOver(decision.nowMs());
            return null;
        }
        QueueLeases known = topicLeases.queue(queueId);
        if (known != null) {
            return known;
        }
        int queueNo = topic.queueNo(queueId);
        long committed = progress.get(topicLeases.group(), topic.name(), queueId);
        if (committed == Progress.NONE) {
            committed = firstOffset(queueNo, fromLatest);
            CommittedOffset start = new CommittedOffset(topicLeases.group(), topic.name(), queueId, committed);
            decision.append(new OffsetsCommitted(List.of(start)));
        }
        return add(topicLeases, queueId, queueNo, committed);
    }

    private long firstOffset(int queueNo, boolean fromLatest) {
        long first = log.queues().minOffset(queueNo);
        return first > 0 && fromLatest ? log.queues().maxOffset(queueNo) : first;
    }

    /** Goes on with what the log remembers of a queue. */
    void restore(QueueStanding noted, ShardState state, long nowMs) {
        Topic topic = state.topics().get(noted.topic());
        if (topic != null && topic.hasQueue(noted.queueId())) {
            int queueNo = topic.queueNo(noted.queueId());
            boolean unused = claims.getOrAdd(noted.group(), noted.topic(), noted.queueId())
                    .lease(nowMs);
            long committed = progress.get(noted.group(), noted.topic(), noted.queueId());
            TopicLeases topicLeases = getOrAdd(noted.group(), noted.topic());
            add(topicLeases, noted.queueId(), queueNo, Math.max(0, committed))
                    .restore(noted, log.queues().maxOffset(queueNo), nowMs);
        }
    }

    private QueueLeases add(TopicLeases topic, int queueId, int queueNo, long floorOffset) {
        QueueLeases queue = new QueueLeases(topic, queueId, queueNo, floorOffset);
        topic.put(queue);
        byQueueNo.computeIfAbsent(queueNo, no -> new ArrayList<>(1)).add(topic);
        progress.lease(topic.group(), topic.name(), queueId, queue::passed);
        return queue;
    }

    /** Ends what nobody would and forgets every queue of which nothing needs to be known. */
    void sweep(ShardState state, long nowMs) {
        List<QueueLeases> all = groups.values().stream()
                .flatMap(topics -> topics.values().stream())
                .flatMap(topic -> topic.queues().stream())
                .toList();
        for (QueueLeases queue : all) {
            queue.sweep(log.queues(), name -> state.topics().get(name) != null);
            dropIfIdle(queue, nowMs);
        }
        claims.sweep(nowMs);
    }

    /** Forgets a queue that stands as its committed offset says, unless somebody waits for it. */
    void dropIfIdle(QueueLeases queue, long nowMs) {
        QueueClaim claim = claim(queue);
        if (queue.isIdle() && (!claim.isLeased() || !isWaitedFor(queue.topic()))) {
            claim.endLease(queue.done(), nowMs);
            drop(queue);
            dropIfEmpty(queue.topic());
        }
    }

    private QueueClaim claim(QueueLeases queue) {
        return claims.getOrAdd(queue.topic().group(), queue.topic().name(), queue.queueId());
    }

    /** What comes back to a group's retry topic is for everybody who waits in the group. */
    private boolean isWaitedFor(TopicLeases topic) {
        return !topic.waiting().isEmpty()
                || (Names.isRetryTopic(topic.name())
                        && waitedFor(topic.group()).findAny().isPresent());
    }

    /** @return the topics of the group for which somebody waits */
    Stream<TopicLeases> waitedFor(String group) {
        return groups.getOrDefault(group, Map.of()).values().stream()
                .filter(topic -> !topic.waiting().isEmpty());
    }

    private void drop(QueueLeases queue) {
        TopicLeases topic = queue.topic();
        queue.forget();
        topic.remove(queue);
        progress.endLease(topic.group(), topic.name(), queue.queueId());
        List<TopicLeases> others = byQueueNo.get(queue.queueNo());
        others.remove(topic);
        if (others.isEmpty()) {
            byQueueNo.remove(queue.queueNo());
        }
    }

    private void dropIfEmpty(TopicLeases topic) {
        if (topic.isEmpty()) {
            groups.computeIfPresent(topic.group(), (group, topics) -> {
                topics.remove(topic.name());
                return topics.isEmpty() ? null : topics;
            });
        }
    }

    /** @return who waits for something that is gone */
    List<LeaseWait> applied(ControlRecord record) {
        if (record instanceof LeasesForgotten forgotten) {
            TopicLeases topic = get(forgotten.group(), forgotten.topic());
            QueueLeases queue = topic == null ? null : topic.queue(forgotten.queueId());
            if (queue != null) {
                queue.topic().forgotten(queue);
                claim(queue).revoke();
                drop(queue);
                queue.topic().hasNews();
            }
        } else if (record instanceof TopicDeleted deleted) {
            claims.forgetTopic(deleted.topic());
            return drop(topic -> topic.name().equals(deleted.topic()));
        } else if (record instanceof GroupDeleted deleted) {
            claims.forgetGroup(deleted.group());
            return drop(topic -> topic.group().equals(deleted.group()));
        } else if (record instanceof OffsetsDeleted deleted) {
            forgetClaims(deleted);
            return drop(topic -> topic.group().equals(deleted.group())
                    && (deleted.topic().isEmpty() || topic.name().equals(deleted.topic())));
        } else if (record instanceof TopicPut put) {
            hasMoreQueues(put.config().name());
        }
        return List.of();
    }

    private void forgetClaims(OffsetsDeleted deleted) {
        if (deleted.topic().isEmpty()) {
            claims.forgetGroup(deleted.group());
        } else {
            claims.forgetTopic(deleted.group(), deleted.topic());
        }
    }

    /** There may be a topic now, or more queues of it, that those who wait have not seen. */
    private void hasMoreQueues(String name) {
        for (Map<String, TopicLeases> topics : groups.values()) {
            TopicLeases topic = topics.get(name);
            if (topic != null) {
                topic.hasNews();
            }
        }
        if (Names.isRetryTopic(name)) {
            waitedFor(Names.groupOfRetryTopic(name)).forEach(TopicLeases::hasNews);
        }
    }

    private List<LeaseWait> drop(Predicate<TopicLeases> condition) {
        List<TopicLeases> gone = groups.values().stream()
                .flatMap(topics -> topics.values().stream())
                .filter(condition)
                .toList();
        List<LeaseWait> waiting = new ArrayList<>();
        for (TopicLeases topic : gone) {
            waiting.addAll(topic.waiting());
            topic.waiting().clear();
            topic.queues().forEach(this::drop);
            dropIfEmpty(topic);
        }
        return waiting;
    }

    /** @return {@link LeaseAnswer#DONE} when every one was held under this handle, or done before; else why one was not */
    LeaseAnswer forEachLease(LeaseHandle handle, BiConsumer<QueueLeases, Lease> action) {
        TopicLeases topic = get(handle.queue().group(), handle.queue().topic());
        QueueLeases queue = topic == null ? null : topic.queue(handle.queue().queueId());
        LeaseAnswer answer = LeaseAnswer.DONE;
        for (long offset : handle.offsets()) {
            LeaseAnswer one = queue == null
                    ? ofIdleQueue(handle.queue(), offset)
                    : ofQueue(queue, offset, handle.popTimeMs(), action);
            answer = one == LeaseAnswer.DONE ? answer : one;
        }
        return answer;
    }

    private static LeaseAnswer ofQueue(
            QueueLeases queue, long offset, long popTimeMs, BiConsumer<QueueLeases, Lease> action) {
        Lease lease = queue.lease(offset);
        if (lease == null) {
            return offset < queue.nextOffset() ? LeaseAnswer.DONE : LeaseAnswer.UNKNOWN;
        }
        if (!lease.isOf(popTimeMs)) {
            return LeaseAnswer.TOO_LATE;
        }
        action.accept(queue, lease);
        return LeaseAnswer.DONE;
    }

    private LeaseAnswer ofIdleQueue(QueueRef queue, long offset) {
        return offset < progress.get(queue.group(), queue.topic(), queue.queueId())
                ? LeaseAnswer.DONE
                : LeaseAnswer.UNKNOWN;
    }
}
