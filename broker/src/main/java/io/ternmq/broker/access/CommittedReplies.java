package io.ternmq.broker.access;

import java.util.ArrayList;
import java.util.List;

/** Gathers what the shard thread has finished until its batch ends. Shard thread only. */
public final class CommittedReplies {
    private final List<LoopReplies> waiting = new ArrayList<>();

    /** The batch is over: each event loop gets one task with all that was finished for it. */
    public void handOver() {
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).handOver();
        }
        waiting.clear();
    }

    void collecting(LoopReplies replies) {
        waiting.add(replies);
    }
}
