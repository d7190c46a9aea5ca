package io.ternmq.client.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.Filter;
import io.ternmq.StartAt;
import io.ternmq.engine.MemberTerms;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JoinedGroupTest {

    private final JoinedGroup group = new JoinedGroup("billing", "me");

    @Test
    void whatItsMembersWantIsAddedUpUntilTheLastHasLeft() {
        JoinedGroup.Joined orders = member("orders");
        JoinedGroup.Joined refunds = member("refunds");
        group.add(orders);
        group.add(refunds);
        assertThat(group.terms().orElseThrow().topics()).containsOnlyKeys("orders", "refunds");
        assertThat(group.removeLast(orders)).isFalse();
        assertThat(group.terms().orElseThrow().topics()).containsOnlyKeys("refunds");
        assertThat(group.removeLast(refunds)).isTrue();
        assertThat(group.terms()).isEmpty();
    }

    @Test
    void aLaneHasNobodyForTheTopicsThatNoOtherMemberConsumesInIt() {
        JoinedGroup.Joined leaving = member(Optional.of("blue"), "orders", "refunds");
        group.add(leaving);
        group.add(member("orders", "refunds"));
        group.add(member(Optional.of("green"), "orders"));
        group.add(member(Optional.of("blue"), "refunds"));
        assertThat(group.removeLast(leaving)).isFalse();
        assertThat(group.lastInLane(leaving)).containsExactly("orders");
    }

    @Test
    void whoWasInNoLaneLeavesNone() {
        JoinedGroup.Joined leaving = member("orders");
        group.add(leaving);
        group.add(member("refunds"));
        assertThat(group.removeLast(leaving)).isFalse();
        assertThat(group.lastInLane(leaving)).isEmpty();
    }

    private static JoinedGroup.Joined member(String... topics) {
        return member(Optional.empty(), topics);
    }

    private static JoinedGroup.Joined member(Optional<String> lane, String... topics) {
        MemberTerms terms = new MemberTerms(
                "billing",
                MemberTerms.Mode.LEASED,
                Arrays.stream(topics).collect(Collectors.toMap(topic -> topic, topic -> Filter.all())),
                false,
                lane,
                StartAt.EARLIEST);
        return new JoinedGroup.Joined(terms, () -> {});
    }
}
