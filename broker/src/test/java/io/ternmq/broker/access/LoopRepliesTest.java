package io.ternmq.broker.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopRepliesTest {
    private final List<String> events = new ArrayList<>();
    private final CommittedReplies batch = new CommittedReplies();
    private final LoopReplies replies = new LoopReplies(batch, Runnable::run, () -> events.add("settled"));

    @Test
    void aCompletionThatFailsIsToldSoAndTakesNoOtherWithIt() {
        replies.add(new Completion() {
            @Override
            public void finish() {
                throw new IllegalStateException("cannot answer");
            }

            @Override
            public void failed() {
                events.add("failed");
            }
        });
        replies.add(() -> events.add("answered"));

        batch.handOver();

        assertThat(events).containsExactly("failed", "answered", "settled");
    }
}
