package io.ternmq.runtime.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    @Test
    void namesNoTwoMessagesTheSame() {
        MessageIds one = new MessageIds();
        MessageIds other = new MessageIds();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(ids.add(one.next())).isTrue();
            assertThat(ids.add(other.next())).isTrue();
        }
        assertThat(ids).allMatch(id -> id.matches("[0-9A-F]{32}"));
    }
}
