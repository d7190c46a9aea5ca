package io.ternmq.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.protocol.remoting.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AverageAssignmentTest {

    @Test
    void givesTheFirstMembersOneMore() {
        List<QueueRef> queues = queues(8);
        List<String> members = members(3);
        assertThat(ids(AverageAssignment.of(queues, members, "m0"))).containsExactly(0, 1, 2);
        assertThat(ids(AverageAssignment.of(queues, members, "m1"))).containsExactly(3, 4, 5);
        assertThat(ids(AverageAssignment.of(queues, members, "m2"))).containsExactly(6, 7);
    }

    @Test
    void leavesMembersBeyondTheQueuesWithoutAny() {
        assertThat(ids(AverageAssignment.of(queues(1), members(2), "m0"))).containsExactly(0);
        assertThat(AverageAssignment.of(queues(1), members(2), "m1")).isEmpty();
    }

    @Test
    void givesNothingToAStranger() {
        assertThat(AverageAssignment.of(queues(4), members(2), "x")).isEmpty();
    }

    @Property(tries = 200)
    void givesEveryQueueToExactlyOneMember(
            @ForAll @IntRange(max = 64) int queueCount, @ForAll @IntRange(min = 1, max = 9) int memberCount) {
        List<QueueRef> given = new ArrayList<>();
        for (String member : members(memberCount)) {
            given.addAll(AverageAssignment.of(queues(queueCount), members(memberCount), member));
        }
        assertThat(given).isEqualTo(queues(queueCount));
    }

    private static List<QueueRef> queues(int count) {
        var broker = new HostPort("127.0.0.1", 10911);
        return IntStream.range(0, count)
                .mapToObj(id -> new QueueRef("T", "b", id, broker))
                .toList();
    }

    private static List<String> members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    private static List<Integer> ids(List<QueueRef> queues) {
        return queues.stream().map(QueueRef::queueId).toList();
    }
}
