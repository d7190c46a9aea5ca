package io.ternmq.server.client;

import io.ternmq.AllocationStrategies;
import io.ternmq.AllocationStrategy;
import io.ternmq.Filter;
import io.ternmq.Partition;
import io.ternmq.StartAt;
import io.ternmq.client.member.Presence;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.engine.MemberTerms;
import io.ternmq.engine.OffsetRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The queues that fall to this member, and where it is in each. Only the member's own thread touches it. */
final class AssignedQueues {

    private final AllocationStrategy strategy = AllocationStrategies.average();
    private final Map<Partition, QueueProgress> progressByQueue = new TreeMap<>();
    private final Servers servers;
    private final MemberTerms terms;
    private final String topic;
    private final Topics topics;
    private boolean topicIsThere;

    /** @param topic that of the topics of the terms whose messages are wanted; the other one brings those that come back */
    AssignedQueues(Servers servers, MemberTerms terms, String topic) {
        this.servers = servers;
        this.terms = terms;
        this.topic = topic;
        this.topics = new Topics(servers);
    }

    Collection<QueueProgress> all() {
        return progressByQueue.values();
    }

    /** Whether the topic was there at the last division; it may come with its first message. */
    boolean isTopicThere() {
        return topicIsThere;
    }

    /**
     * Divides the queues anew.
     *
     * @param clientId this member
     * @param seat     knows the others
     * @return what this member read so far and now leaves to another
     */
    List<QueueProgress> rebalance(String clientId, Presence.Seat seat) {
        Map<Partition, Filter> mine = new TreeMap<>();
        for (Map.Entry<String, Filter> wanted : terms.topics().entrySet()) {
            List<Partition> queues =
                    topics.find(wanted.getKey()).map(TopicRoute::readable).orElse(List.of());
            if (wanted.getKey().equals(topic)) {
                topicIsThere = !queues.isEmpty();
            }
            strategy.allocate(clientId, seat.clients(), queues).forEach(queue -> mine.put(queue, wanted.getValue()));
        }
        List<QueueProgress> lost = new ArrayList<>();
        progressByQueue.values().removeIf(progress -> !mine.containsKey(progress.queue()) && lost.add(progress));
        mine.forEach((queue, filter) -> progressByQueue.computeIfAbsent(queue, added -> begin(added, filter)));
        return lost;
    }

    private QueueProgress begin(Partition queue, Filter filter) {
        OptionalLong committed = servers.await(servers.offsets().committed(terms.group(), queue));
        if (committed.isPresent()) {
            return new QueueProgress(queue, filter, committed.getAsLong(), committed.getAsLong());
        }
        OffsetRange range = servers.await(servers.offsets().range(queue));
        boolean fromEnd = terms.start() == StartAt.LATEST && queue.topic().equals(topic);
        return new QueueProgress(queue, filter, fromEnd ? range.end() : range.begin(), -1);
    }

    /** Tells the server how far we are, where it does not know. */
    void commit(Collection<QueueProgress> which) {
        Map<Partition, Long> offsets = new HashMap<>();
        for (QueueProgress progress : which) {
            if (progress.offsetToCommit() >= 0) {
                offsets.put(progress.queue(), progress.offsetToCommit());
            }
        }
        servers.await(servers.offsets().commit(terms.group(), offsets));
        for (QueueProgress progress : which) {
            Long offset = offsets.get(progress.queue());
            if (offset != null) {
                progress.committed(offset);
            }
        }
    }
}
