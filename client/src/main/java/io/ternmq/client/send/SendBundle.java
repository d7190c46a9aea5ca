package io.ternmq.client.send;

import io.ternmq.client.wire.Bundle;
import io.ternmq.client.wire.Request;
import java.util.ArrayList;
import java.util.List;

/** Sends to one partition that wait for the event loop together, and so go out as one. */
final class SendBundle implements Bundle {

    /** Far below what brokers take, so that one batch holds nobody up. */
    private static final int BYTES_MAX = 256 * 1024;

    private static final int COUNT_MAX = 1_024;
    private static final int COUNT_USUAL = 16;

    private final PlainSend first;
    private List<PlainSend> all = List.of();
    private int bytes;

    SendBundle(PlainSend first) {
        this.first = first;
        this.bytes = first.draft().batchedBytes();
    }

    @Override
    public boolean add(Request request) {
        PlainSend more = (PlainSend) request;
        int moreBytes = more.draft().batchedBytes();
        if (all.size() == COUNT_MAX
                || bytes + moreBytes > BYTES_MAX
                || more.draft().sysFlag() != first.draft().sysFlag()) {
            return false;
        }
        if (all.isEmpty()) {
            all = new ArrayList<>(COUNT_USUAL);
            all.add(first);
        }
        all.add(more);
        bytes += moreBytes;
        return true;
    }

    @Override
    public Request close() {
        return all.isEmpty() ? first : new BatchSend(all, bytes);
    }
}
