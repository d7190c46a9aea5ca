package io.ternmq;

import java.util.List;

/** Is told who is in a group. */
@FunctionalInterface
public interface MembershipListener {

    /**
     * Members came or went, or partitions moved.
     *
     * @param members  their instances, in order
     * @param assigned the partitions this member has; empty where messages are leased
     */
    void changed(List<String> members, List<Partition> assigned);
}
