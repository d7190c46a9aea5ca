package io.ternmq.client.lease;

import io.ternmq.client.wire.Bundle;
import io.ternmq.client.wire.Request;
import java.util.ArrayList;
import java.util.List;

/** Acknowledgements of one group that wait for the event loop together, and so go out as one. */
final class AcknowledgeBundle implements Bundle {

    private static final int COUNT_MAX = 1_024;
    /** A bit for each offset between the first of a hand-out and the acknowledged one has to fit. */
    private static final int BITS_MAX = 8_192;

    private final List<Acknowledge> all = new ArrayList<>();

    AcknowledgeBundle(Acknowledge first) {
        all.add(first);
    }

    @Override
    public boolean add(Request request) {
        Acknowledge more = (Acknowledge) request;
        if (all.size() == COUNT_MAX || !fits(more) || !fits(all.get(0))) {
            return false;
        }
        all.add(more);
        return true;
    }

    private static boolean fits(Acknowledge one) {
        long bit = one.handle().offset() - one.handle().startOffset();
        return bit >= 0 && bit < BITS_MAX;
    }

    @Override
    public boolean isPatient() {
        return true;
    }

    @Override
    public Request close() {
        return all.size() == 1 ? all.get(0) : new BatchAcknowledge(all);
    }
}
