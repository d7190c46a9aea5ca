package io.ternmq.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CleanupPolicyTest {
    private static TopicConfig topic(String name, Map<String, String> attributes) {
        return new TopicConfig(name, 1, 1, Permission.READ | Permission.WRITE, false, attributes);
    }

    private static TopicConfig topic(String policy) {
        return topic("prices", Map.of(CleanupPolicy.ATTRIBUTE, policy));
    }

    @Test
    void isDeclaredInRocketMqsWordsOrInKafkas() {
        for (String word : new String[] {"COMPACTION", "compaction", "compact"}) {
            assertThat(topic(word).isCompacted()).isTrue();
            assertThat(CleanupPolicy.problem(topic(word))).isNull();
        }
        for (String word : new String[] {"DELETE", "delete", ""}) {
            assertThat(topic(word).isCompacted()).isFalse();
            assertThat(CleanupPolicy.problem(topic(word))).isNull();
        }
        assertThat(topic("prices", Map.of()).isCompacted()).isFalse();
    }

    @Test
    void anUnknownWordIsAProblemAndMeansDelete() {
        assertThat(CleanupPolicy.problem(topic("shred")))
                .isEqualTo("cleanup.policy: shred (expected: DELETE or COMPACTION)");
        assertThat(topic("shred").isCompacted()).isFalse();
    }

    @Test
    void whatTheBrokerWritesIsNotCompacted() {
        Map<String, String> compacted = Map.of(CleanupPolicy.ATTRIBUTE, "COMPACTION");
        for (String name : new String[] {"%RETRY%group", "%DLQ%group", Names.TIMER_TOPIC}) {
            assertThat(CleanupPolicy.problem(topic(name, compacted))).contains("expected: DELETE", name);
        }
    }
}
