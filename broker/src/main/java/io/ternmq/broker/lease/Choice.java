package io.ternmq.broker.lease;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.lease.Attempts.Attempt;
import io.ternmq.broker.record.HandOutMarked;
import io.ternmq.broker.record.QueueStanding;
import io.ternmq.log.CommitLog;
import io.ternmq.log.index.IndexEntries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Chooses what a request gets: what comes back before what is new, the queues in turn. Shard thread only. */
final class Choice {
    /** What came back to the group's retry topic has its turn first each so many requests, and else what is left over. */
    private static final int RETRIES_FIRST_EACH = 5;

    private static final int ENTRIES_AT_ONCE = 256;

    private final CommitLog log;
    private final LeaseTopics topics;
    private final Attempts attempts;
    private final Search.Sources sources;
    private int turn;

    Choice(CommitLog log, LeaseTopics topics, Attempts attempts) {
        this.attempts = attempts;
        this.log = log;
        this.topics = topics;
        this.sources = new Search.Sources(
                log.queues(), new IndexEntries(ENTRIES_AT_ONCE), new IndexEntries(1), new Routing(log));
    }

    /** @return whether something was handed out */
    boolean take(TakeMessages command, TopicLeases topic, Decision decision) {
        HandOut handOut = new HandOut(command.terms(), Math.max(decision.nowMs(), topic.popTimeMinMs()));
        Attempt attempt = attempt(command, topic);
        if (attempt != null) {
            attempts.takeBack(attempt, decision.nowMs());
        }
        turn = (turn + 1) % RETRIES_FIRST_EACH;
        if (turn == 0) {
            chooseRetries(handOut, command, decision);
        }
        choose(handOut, command.request(), topic, decision);
        chooseRetries(handOut, command, decision);
        command.searched(handOut.hasSeenAll());
        if (!handOut.hasSeenAll()) {
            topic.hasNews();
        }
        if (handOut.isEmpty()) {
            return false;
        }
        handOver(handOut, command, decision);
        if (attempt != null) {
            attempts.remember(attempt, handOut.leases(), handOut.popTimeMs(), decision.nowMs());
        }
        return true;
    }

    private static @Nullable Attempt attempt(TakeMessages command, TopicLeases topic) {
        String id = command.terms().attemptId();
        return id == null ? null : new Attempt(topic.group(), topic.name(), id);
    }

    /** @return whether there is something that could be handed out, whatever its tag */
    boolean hasSome(AwaitLeasable command, TopicLeases topic, Decision decision) {
        Search search = search(command.request(), tagHash -> true);
        if (hasSome(search, topic, command.request(), decision)) {
            return true;
        }
        TopicLeases retries = retries(command.request(), decision);
        return retries != null && hasSome(search, retries, anyOf(retries, command.request()), decision);
    }

    private boolean hasSome(Search search, TopicLeases topic, LeaseWait.Request from, Decision decision) {
        return queues(topic, from, decision).stream().anyMatch(queue -> queue.hasSome(search));
    }

    private void chooseRetries(HandOut handOut, TakeMessages command, Decision decision) {
        boolean isOneKeyOnly = command.request().ordered() && !handOut.isEmpty();
        if (isOneKeyOnly || handOut.isFull()) {
            return;
        }
        TopicLeases retries = retries(command.request(), decision);
        if (retries != null) {
            Search search = search(command.request(), tagHash -> true);
            choose(handOut, search, retries, queues(retries, anyOf(retries, command.request()), decision));
        }
    }

    private Search search(LeaseWait.Request request, IntPredicate tagFilter) {
        return new Search(request.topic(), request.member().lane(), tagFilter, sources);
    }

    /** @return what came back to the group, where that is wanted besides; else null */
    private @Nullable TopicLeases retries(LeaseWait.Request request, Decision decision) {
        String retryTopic = Names.retryTopic(request.group());
        boolean isWanted = request.withRetries() && !retryTopic.equals(request.topic());
        return isWanted && decision.state().topics().get(retryTopic) != null
                ? topics.getOrAdd(request.group(), retryTopic)
                : null;
    }

    private static LeaseWait.Request anyOf(TopicLeases topic, LeaseWait.Request request) {
        return new LeaseWait.Request(
                topic.group(),
                topic.name(),
                LeaseWait.ANY_QUEUE,
                false,
                tagHash -> true,
                false,
                false,
                0,
                request.member());
    }

    private void choose(HandOut handOut, LeaseWait.Request request, TopicLeases topic, Decision decision) {
        List<QueueLeases> queues = queues(topic, request, decision);
        Search search = search(request, request.tagFilter());
        if (request.ordered()) {
            chooseOrdered(handOut, search, queues);
        } else {
            choose(handOut, search, topic, queues);
        }
    }

    private static void choose(HandOut handOut, Search search, TopicLeases topic, List<QueueLeases> queues) {
        for (QueueLeases queue : queues) {
            queue.chooseAgain(handOut, search);
        }
        boolean byLane = topic.usesLanes();
        for (QueueLeases queue : queues) {
            boolean hasSeenAll = byLane ? queue.chooseByLane(handOut, search) : queue.chooseNew(handOut, search);
            if (!hasSeenAll) {
                handOut.leaveRest();
            }
        }
    }

    /** One ordering key at a time: what becomes of it holds up no other. */
    private static void chooseOrdered(HandOut handOut, Search search, List<QueueLeases> queues) {
        for (QueueLeases queue : queues) {
            if (!handOut.isEmpty()) {
                return;
            }
            if (!queue.chooseOrdered(handOut, search)) {
                handOut.leaveRest();
            }
        }
    }

    private List<QueueLeases> queues(TopicLeases topicLeases, LeaseWait.Request request, Decision decision) {
        Topic topic = decision.state().topics().get(topicLeases.name());
        if (topic == null) {
            return List.of();
        }
        boolean isAny = request.queueId() == LeaseWait.ANY_QUEUE;
        if (!isAny && !topic.hasQueue(request.queueId())) {
            return List.of();
        }
        int count = isAny ? topic.queueCount() : 1;
        int first = isAny ? topicLeases.nextRotation(count) : request.queueId();
        List<QueueLeases> queues = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int queueId = (first + i) % topic.queueCount();
            QueueLeases queue = topics.queue(topicLeases, topic, queueId, request.fromLatest(), decision);
            if (queue != null) {
                queues.add(queue);
                if (request.member().isBase()) {
                    queue.asked(decision.nowMs());
                }
            }
        }
        return queues;
    }

    private void handOver(HandOut handOut, TakeMessages command, Decision decision) {
        long deadlineMs = decision.nowMs() + command.terms().invisibleMs();
        Map<QueueLeases, List<Lease>> byQueue = new LinkedHashMap<>();
        for (Lease lease : handOut.leases()) {
            byQueue.computeIfAbsent(lease.queue(), queue -> new ArrayList<>()).add(lease);
            lease.handOut(
                    handOut.popTimeMs(),
                    deadlineMs,
                    command.seat(),
                    lease.queue().topic().deadlines());
            if (command.terms().renewal() != null) {
                lease.keepAlive(command.terms().renewal(), decision.nowMs());
            }
        }
        List<TakenMessages> taken = new ArrayList<>(byQueue.size());
        long rest = 0;
        for (Map.Entry<QueueLeases, List<Lease>> entry : byQueue.entrySet()) {
            QueueLeases queue = entry.getKey();
            QueueStanding mark =
                    queue.handedOut(entry.getValue(), command.terms().invisibleMs());
            if (mark != null) {
                decision.append(new HandOutMarked(mark));
            }
            taken.add(taken(queue, entry.getValue()));
            rest += log.queues().maxOffset(queue.queueNo()) - queue.nextOffset();
        }
        command.handedOut(taken, handOut.popTimeMs(), rest);
    }

    private static TakenMessages taken(QueueLeases queue, List<Lease> leases) {
        leases.sort(Comparator.comparingLong(Lease::offset));
        return new TakenMessages(
                queue.topic().name(),
                queue.queueId(),
                queue.queueNo(),
                leases.stream().mapToLong(Lease::offset).toArray(),
                leases.stream().mapToInt(Lease::attempts).toArray());
    }
}
