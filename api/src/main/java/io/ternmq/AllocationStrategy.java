package io.ternmq;

import java.util.List;

/**
 * Shares partitions out among the members of a group. Every member computes it for itself, so it must come to the same result
 * everywhere.
 *
 * @see AllocationStrategies
 */
@FunctionalInterface
public interface AllocationStrategy {

    /**
     * What one member gets.
     *
     * @param member     this one
     * @param members    all, in order
     * @param partitions all of a topic, in order
     * @return this member's part
     */
    List<Partition> allocate(String member, List<String> members, List<Partition> partitions);
}
