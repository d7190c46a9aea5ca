package io.ternmq.server.client;

import java.util.List;

/**
 * Divides queues among the members of a group the way RocketMQ's clients do by default: every member computes the same
 * division by itself, each gets a run of neighbours, the first ones get one more where it does not come out even.
 */
final class AverageAssignment {

    private AverageAssignment() {}

    /**
     * Computes one member's part.
     *
     * @param queues  all queues, sorted
     * @param members all client ids, sorted
     * @param self    the member whose part is wanted
     * @return its queues; none when it is not a member or there are more members than queues before it
     */
    static List<QueueRef> of(List<QueueRef> queues, List<String> members, String self) {
        int index = members.indexOf(self);
        if (index < 0) {
            return List.of();
        }
        int share = queues.size() / members.size();
        int rest = queues.size() % members.size();
        int from = index * share + Math.min(index, rest);
        int to = from + share + (index < rest ? 1 : 0);
        return queues.subList(from, to);
    }
}
