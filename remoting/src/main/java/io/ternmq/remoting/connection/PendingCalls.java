package io.ternmq.remoting.connection;

import io.ternmq.protocol.remoting.RemotingFrame;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/** The calls to one client that it has not answered. Event-loop thread only. */
final class PendingCalls {
    private static final int COUNT_MAX = 256;

    private final Int2ObjectHashMap<ClientCall.Outcome> outcomes = new Int2ObjectHashMap<>();
    private int lastOpaque;

    int nextOpaque() {
        return ++lastOpaque & Integer.MAX_VALUE;
    }

    /** @return whether there is room to wait for one more */
    boolean expect(int opaque, ClientCall.Outcome outcome) {
        if (outcomes.size() >= COUNT_MAX) {
            return false;
        }
        outcomes.put(opaque, outcome);
        return true;
    }

    /** An answer to no call, or to one that was given up, is ignored. */
    void answered(RemotingFrame answer) {
        ClientCall.Outcome outcome = outcomes.remove(answer.opaque());
        if (outcome != null) {
            outcome.ended(answer);
        }
    }

    void giveUp(int opaque) {
        ClientCall.Outcome outcome = outcomes.remove(opaque);
        if (outcome != null) {
            outcome.ended(null);
        }
    }

    void giveUpAll() {
        for (Integer opaque : List.copyOf(outcomes.keySet())) {
            giveUp(opaque);
        }
    }
}
