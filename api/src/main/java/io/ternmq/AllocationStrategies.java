package io.ternmq;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The strategies that come with the API. They give what RocketMQ's of the same names give, so that members of both kinds can share. */
public final class AllocationStrategies {

    private static final int VIRTUAL_NODES = 10;

    private AllocationStrategies() {}

    /**
     * Runs of neighbours, as equal as can be.
     *
     * @return a strategy
     */
    public static AllocationStrategy average() {
        return (member, members, partitions) -> {
            int index = members.indexOf(member);
            if (index < 0) {
                return List.of();
            }
            int each = partitions.size() / members.size();
            int more = partitions.size() % members.size();
            int from = index * each + Math.min(index, more);
            return List.copyOf(partitions.subList(from, from + each + (index < more ? 1 : 0)));
        };
    }

    /**
     * Like cards, one after the other.
     *
     * @return a strategy
     */
    public static AllocationStrategy circular() {
        return (member, members, partitions) -> {
            int index = members.indexOf(member);
            return index < 0
                    ? List.of()
                    : IntStream.range(0, partitions.size())
                            .filter(i -> i % members.size() == index)
                            .mapToObj(partitions::get)
                            .toList();
        };
    }

    /**
     * By a ring of hashes: few partitions move when a member comes or goes.
     *
     * @return a strategy
     */
    public static AllocationStrategy consistentHash() {
        return (member, members, partitions) -> {
            TreeMap<Long, String> ring = new TreeMap<>();
            for (String each : members) {
                for (int i = 0; i < VIRTUAL_NODES; i++) {
                    ring.put(Md5.first32Bits(each + '-' + i), each);
                }
            }
            return partitions.stream()
                    .filter(partition -> member.equals(owner(ring, partition)))
                    .toList();
        };
    }

    /**
     * Only partitions of brokers in certain machine rooms. A broker's room is its name up to the {@code @}.
     *
     * @param rooms whose partitions are consumed
     * @return a strategy
     */
    public static AllocationStrategy machineRoom(Collection<String> rooms) {
        List<String> kept = List.copyOf(rooms);
        return (member, members, partitions) -> {
            int index = members.indexOf(member);
            if (index < 0) {
                return List.of();
            }
            List<Partition> theirs = partitions.stream()
                    .filter(partition -> kept.contains(roomOf(partition)))
                    .toList();
            int each = theirs.size() / members.size();
            List<Partition> mine = new ArrayList<>(theirs.subList(index * each, (index + 1) * each));
            int more = each * members.size() + index; // what is left over goes to the first members, one each
            if (more < theirs.size()) {
                mine.add(theirs.get(more));
            }
            return mine;
        };
    }

    /**
     * Members consume what is in their own machine room; rooms without a member are shared by all.
     *
     * @param roomOfMember says in which room a member is
     * @return a strategy
     */
    public static AllocationStrategy nearby(Function<String, String> roomOfMember) {
        AllocationStrategy average = average();
        return (member, members, partitions) -> {
            String room = roomOfMember.apply(member);
            List<String> neighbours = members.stream()
                    .filter(other -> room.equals(roomOfMember.apply(other)))
                    .toList();
            List<String> rooms = members.stream().map(roomOfMember).distinct().toList();
            TreeMap<String, List<Partition>> byRoom = new TreeMap<>();
            for (Partition partition : partitions) {
                byRoom.computeIfAbsent(roomOf(partition), name -> new ArrayList<>())
                        .add(partition);
            }
            List<Partition> near = byRoom.remove(room);
            List<Partition> mine =
                    new ArrayList<>(near == null ? List.of() : average.allocate(member, neighbours, near));
            byRoom.forEach((name, theirs) -> {
                if (!rooms.contains(name)) {
                    mine.addAll(average.allocate(member, members, theirs));
                }
            });
            return mine;
        };
    }

    /**
     * What a configuration says.
     *
     * @param numbers partition numbers by member
     * @return a strategy
     */
    public static AllocationStrategy configured(Map<String, List<Integer>> numbers) {
        Map<String, List<Integer>> kept = Map.copyOf(numbers);
        return (member, members, partitions) -> partitions.stream()
                .filter(partition -> kept.getOrDefault(member, List.of()).contains(partition.id()))
                .toList();
    }

    private static String owner(NavigableMap<Long, String> ring, Partition partition) {
        Map.Entry<Long, String> next = ring.ceilingEntry(Md5.first32Bits(hashedName(partition)));
        return next != null ? next.getValue() : ring.firstEntry().getValue();
    }

    /** What RocketMQ's clients hash: all members of a group have to come to the same. */
    private static String hashedName(Partition partition) {
        return "MessageQueue [topic=" + partition.topic() + ", brokerName=" + partition.broker() + ", queueId="
                + partition.id() + "]";
    }

    private static String roomOf(Partition partition) {
        int at = partition.broker().indexOf('@');
        return at < 0 ? "" : partition.broker().substring(0, at);
    }
}
