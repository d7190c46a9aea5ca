package io.ternmq.runtime.consume;

import io.ternmq.engine.Engine;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.LeasedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What one request brought, until handlers are through with all of it. Thread-safe. */
final class HeldBatch {

    private final List<HeldMessage> messages;
    private final long bodyBytes;
    private final AtomicInteger openCount;

    HeldBatch(Engine engine, GroupMember member, List<LeasedMessage> leases) {
        messages = new ArrayList<>(leases.size());
        long bytes = 0;
        for (LeasedMessage lease : leases) {
            messages.add(new HeldMessage(engine, member, lease, this));
            bytes += lease.message().body().length;
        }
        bodyBytes = bytes;
        openCount = new AtomicInteger(messages.size());
    }

    List<HeldMessage> messages() {
        return messages;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    /** A handler is through with one of them. @return whether it was the last */
    boolean letGo() {
        return openCount.decrementAndGet() == 0;
    }
}
