package io.ternmq.broker.access;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the shard thread has finished for the connections of one event loop. It is handed over as one task a batch, and
 * the loop then writes once to each connection.
 */
public final class LoopReplies {
    private static final Logger LOG = LoggerFactory.getLogger(LoopReplies.class);

    private final CommittedReplies batch;
    private final Executor loop;
    private final Runnable afterBatch;
    private List<Completion> collected = new ArrayList<>();

    /**
     * @param batch gathers what the shard finishes
     * @param loop runs what is finished
     * @param afterBatch run in the loop after each batch
     */
    public LoopReplies(CommittedReplies batch, Executor loop, Runnable afterBatch) {
        this.batch = batch;
        this.loop = loop;
        this.afterBatch = afterBatch;
    }

    /** Shard thread only: has the completion run with the others of this batch. */
    public void add(Completion completion) {
        if (collected.isEmpty()) {
            batch.collecting(this);
        }
        collected.add(completion);
    }

    /** Any thread: has the completion run soon. */
    public void run(Completion completion) {
        execute(List.of(completion));
    }

    /** Shard thread only. */
    void handOver() {
        List<Completion> finished = collected;
        collected = new ArrayList<>(finished.size());
        execute(finished);
    }

    private void execute(List<Completion> finished) {
        try {
            loop.execute(() -> finish(finished));
        } catch (RejectedExecutionException ignored) {
            // The server stops and its connections are closed: there is nobody to answer.
            collected.clear();
        }
    }

    private void finish(List<Completion> finished) {
        for (int i = 0; i < finished.size(); i++) {
            finish(finished.get(i));
        }
        afterBatch.run();
    }

    /** One that fails takes no other with it. */
    private static void finish(Completion completion) {
        try {
            completion.finish();
        } catch (RuntimeException e) {
            LOG.error("A request could not be answered", e);
            completion.failed();
        }
    }
}
