package io.ternmq.runtime.read;

import io.ternmq.Filter;
import io.ternmq.Lag;
import io.ternmq.Partition;
import io.ternmq.engine.Engine;
import io.ternmq.engine.ReadRequest;
import io.ternmq.engine.StoredMessage;
import io.ternmq.runtime.message.Awaiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How far somebody is behind who reads partitions from positions of his own. Thread-safe. */
public final class ReadingLag {

    private final Engine engine;
    private final String group;
    private final Filter filter;

    /**
     * Knows nothing yet.
     *
     * @param engine has the partitions
     * @param group  in whose name they are read
     * @param filter which messages are read
     */
    public ReadingLag(Engine engine, String group, Filter filter) {
        this.engine = engine;
        this.group = group;
        this.filter = filter;
    }

    /**
     * Looks, and waits for it.
     *
     * @param positions what is read next
     * @return what was stored behind that, whether the filter wants it or not, and since when the first waits that it wants
     */
    public Lag of(Map<Partition, Long> positions) {
        long behind = 0;
        Instant oldest = engine.clock().instant();
        for (Map.Entry<Partition, Long> each : positions.entrySet()) {
            long left = Awaiting.get(engine.range(each.getKey())).end() - each.getValue();
            if (left > 0) {
                behind += left;
                oldest = earlier(oldest, first(each.getKey(), each.getValue()));
            }
        }
        return behind == 0
                ? Lag.NONE
                : new Lag(behind, Duration.between(oldest, engine.clock().instant()));
    }

    private List<StoredMessage> first(Partition partition, long offset) {
        return Awaiting.get(engine.read(new ReadRequest(group, partition, offset, filter, 1, Duration.ZERO)))
                .messages();
    }

    private static Instant earlier(Instant oldest, List<StoredMessage> first) {
        return first.isEmpty() || oldest.isBefore(first.get(0).storedAt())
                ? oldest
                : first.get(0).storedAt();
    }
}
