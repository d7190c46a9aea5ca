package io.ternmq.server.client;

import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.server.wire.WireException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The queues that fall to this member, and where it is in each. Only the member's own thread touches it. */
final class AssignedQueues {

    private final MemberTerms terms;
    private final Membership membership;
    private final String clientId;
    private final Topics topics;
    private final QueueOffsets offsets;
    private final Map<QueueRef, QueueProgress> progressByQueue = new TreeMap<>();
    private final Set<HostPort> brokers = new TreeSet<>(Comparator.comparing(HostPort::toString));
    private boolean topicIsThere;

    AssignedQueues(ServerConnections connections, MemberTerms terms, Membership membership, String clientId) {
        this.terms = terms;
        this.membership = membership;
        this.clientId = clientId;
        this.topics = new Topics(connections);
        this.offsets = new QueueOffsets(connections);
    }

    Collection<QueueProgress> all() {
        return progressByQueue.values();
    }

    /** Every broker that has queues of the topic. */
    Set<HostPort> brokers() {
        return brokers;
    }

    /** Whether the topic was there at the last division; it may come with its first message. */
    boolean isTopicThere() {
        return topicIsThere;
    }

    /** @throws WireException when the topic neither exists nor would come with its first message */
    void findBrokers() throws WireException {
        topics.getOrTemplate(terms.topic()).brokers().forEach(share -> brokers.add(share.address()));
    }

    /**
     * Divides the queues anew.
     *
     * @return what this member read so far and now leaves to another
     */
    List<QueueProgress> rebalance() throws WireException {
        Map<QueueRef, TagExpression> mine = new TreeMap<>();
        Optional<TopicRoute> route = topics.find(terms.topic());
        topicIsThere = route.isPresent();
        assignment(route).forEach(queue -> mine.put(queue, terms.tags()));
        assignment(topics.find(terms.retryTopic())).forEach(queue -> mine.put(queue, TagExpression.ALL));
        List<QueueProgress> lost = new ArrayList<>();
        progressByQueue.values().removeIf(progress -> !mine.containsKey(progress.queue()) && lost.add(progress));
        for (Map.Entry<QueueRef, TagExpression> queue : mine.entrySet()) {
            if (!progressByQueue.containsKey(queue.getKey())) {
                progressByQueue.put(queue.getKey(), begin(queue.getKey(), queue.getValue()));
            }
        }
        return lost;
    }

    private List<QueueRef> assignment(Optional<TopicRoute> route) throws WireException {
        if (route.isEmpty()) {
            return List.of();
        }
        route.get().brokers().forEach(share -> brokers.add(share.address()));
        HostPort broker = route.get().brokers().get(0).address();
        return AverageAssignment.of(route.get().readQueues(), membership.members(broker), clientId);
    }

    private QueueProgress begin(QueueRef queue, TagExpression tags) throws WireException {
        OptionalLong committed = offsets.committed(terms.group(), queue);
        if (committed.isPresent()) {
            return new QueueProgress(queue, tags, committed.getAsLong(), committed.getAsLong());
        }
        boolean fromEnd = terms.startAt() == StartAt.LATEST && queue.topic().equals(terms.topic());
        long start = fromEnd ? offsets.max(queue) : offsets.min(queue);
        return new QueueProgress(queue, tags, start, -1);
    }

    /** Tells the server how far we are, where it does not know. */
    void commit(Collection<QueueProgress> which) throws WireException {
        for (QueueProgress progress : which) {
            long offset = progress.offsetToCommit();
            if (offset >= 0) {
                offsets.commit(terms.group(), progress.queue(), offset);
                progress.committed(offset);
            }
        }
    }
}
