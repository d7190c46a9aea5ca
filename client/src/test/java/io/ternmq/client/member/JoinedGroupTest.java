package io.ternmq.client.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.Filter;
import io.ternmq.StartAt;
import io.ternmq.engine.MemberTerms;
import java.util.Map;
import java.util.Optional;
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

    private static JoinedGroup.Joined member(String topic) {
        MemberTerms terms = new MemberTerms(
                "billing",
                MemberTerms.Mode.LEASED,
                Map.of(topic, Filter.all()),
                false,
                Optional.empty(),
                StartAt.EARLIEST);
        return new JoinedGroup.Joined(terms, () -> {});
    }
}
