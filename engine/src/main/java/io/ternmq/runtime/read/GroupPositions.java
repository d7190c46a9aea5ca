package io.ternmq.runtime.read;

import io.ternmq.Partition;
import io.ternmq.engine.Engine;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Keeps positions at the queue, in the name of a group. */
public final class GroupPositions implements Positions {

    private final Engine engine;
    private final String group;
    private final Positions otherwise;
    private final Map<Partition, Long> moved = new HashMap<>();

    /**
     * Keeps them in a group.
     *
     * @param engine    has the group
     * @param group     its name
     * @param otherwise where to begin what the group never read
     */
    public GroupPositions(Engine engine, String group, Positions otherwise) {
        this.engine = engine;
        this.group = group;
        this.otherwise = otherwise;
    }

    @Override
    public CompletableFuture<Long> begin(Partition partition) {
        return engine.committed(group, partition)
                .thenCompose(kept -> kept.isPresent()
                        ? CompletableFuture.completedFuture(kept.getAsLong())
                        : otherwise.begin(partition));
    }

    @Override
    public synchronized void moved(Partition partition, long offset) {
        moved.put(partition, offset);
    }

    @Override
    public CompletableFuture<Void> keep() {
        Map<Partition, Long> offsets;
        synchronized (this) {
            if (moved.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            offsets = Map.copyOf(moved);
            moved.clear();
        }
        return engine.commit(group, offsets).whenComplete((nothing, failure) -> {
            if (failure != null) {
                keepForNextTime(offsets);
            }
        });
    }

    private synchronized void keepForNextTime(Map<Partition, Long> offsets) {
        offsets.forEach(moved::putIfAbsent);
    }
}
