package io.ternmq.compatibility.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.AllocationStrategies;
import io.ternmq.AllocationStrategy;
import io.ternmq.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.rocketmq.client.consumer.AllocateMessageQueueStrategy;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMachineRoomNearby;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragelyByCircle;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueByMachineRoom;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueConsistentHash;
import org.apache.rocketmq.common.message.MessageQueue;

/** Members of both kinds can share a group only when their strategies give the same. */
class AllocationTest {

    private static final int TRIES = 200;

    @Property(tries = TRIES)
    void averageGivesTheSame(
            @ForAll @IntRange(max = 20) int partitions, @ForAll @IntRange(min = 1, max = 12) int members) {
        same(AllocationStrategies.average(), new AllocateMessageQueueAveragely(), partitions, members);
    }

    @Property(tries = TRIES)
    void circularGivesTheSame(
            @ForAll @IntRange(max = 20) int partitions, @ForAll @IntRange(min = 1, max = 12) int members) {
        same(AllocationStrategies.circular(), new AllocateMessageQueueAveragelyByCircle(), partitions, members);
    }

    @Property(tries = TRIES)
    void consistentHashGivesTheSame(
            @ForAll @IntRange(max = 20) int partitions, @ForAll @IntRange(min = 1, max = 12) int members) {
        same(AllocationStrategies.consistentHash(), new AllocateMessageQueueConsistentHash(), partitions, members);
    }

    @Property(tries = TRIES)
    void machineRoomGivesTheSame(
            @ForAll @IntRange(max = 20) int partitions, @ForAll @IntRange(min = 1, max = 12) int members) {
        AllocateMessageQueueByMachineRoom theirs = new AllocateMessageQueueByMachineRoom();
        theirs.setConsumeridcs(Set.of("room0", "room2"));
        same(AllocationStrategies.machineRoom(List.of("room0", "room2")), theirs, partitions, members);
    }

    @Property(tries = TRIES)
    void nearbyGivesTheSame(
            @ForAll @IntRange(max = 20) int partitions, @ForAll @IntRange(min = 1, max = 12) int members) {
        var resolver = new AllocateMachineRoomNearby.MachineRoomResolver() {
            @Override
            public String brokerDeployIn(MessageQueue queue) {
                return roomOf(queue.getBrokerName());
            }

            @Override
            public String consumerDeployIn(String clientId) {
                return roomOf(clientId);
            }
        };
        same(
                AllocationStrategies.nearby(AllocationTest::roomOf),
                new AllocateMachineRoomNearby(new AllocateMessageQueueAveragely(), resolver),
                partitions,
                members);
    }

    @Property(tries = 20)
    void aConfigurationGivesWhatItSays(@ForAll @IntRange(min = 2, max = 20) int count) {
        List<Partition> all = partitions(count);
        AllocationStrategy strategy = AllocationStrategies.configured(Map.of("me", List.of(0, 1)));
        assertThat(strategy.allocate("me", List.of("me", "you"), all)).allMatch(partition -> partition.id() < 2);
        assertThat(strategy.allocate("you", List.of("me", "you"), all)).isEmpty();
    }

    private static void same(AllocationStrategy ours, AllocateMessageQueueStrategy theirs, int count, int memberCount) {
        List<Partition> partitions = partitions(count);
        List<MessageQueue> queues = new ArrayList<>();
        partitions.forEach(p -> queues.add(new MessageQueue(p.topic(), p.broker(), p.id())));
        List<String> members = IntStream.range(0, memberCount)
                .mapToObj(i -> "room" + i % 2 + "@member" + i)
                .toList();
        for (String member : members) {
            List<String> expected = queues.isEmpty()
                    ? List.of()
                    : theirs.allocate("group", member, queues, members).stream()
                            .map(queue -> queue.getBrokerName() + '/' + queue.getQueueId())
                            .toList();
            assertThat(ours.allocate(member, members, partitions))
                    .extracting(partition -> partition.broker() + '/' + partition.id())
                    .containsExactlyElementsOf(expected);
        }
    }

    private static List<Partition> partitions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Partition("topic", "room" + i % 4 + "@broker" + i % 4, i / 4))
                .sorted()
                .toList();
    }

    private static String roomOf(String name) {
        return name.substring(0, name.indexOf('@'));
    }
}
