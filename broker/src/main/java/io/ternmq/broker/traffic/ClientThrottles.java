package io.ternmq.broker.traffic;

import java.util.LinkedHashMap;
import java.util.Map;

/** What holds one connection to its rates: as a producer, and as a member of groups. For one thread; goes with the connection. */
public final class ClientThrottles {
    /** So many groups of a connection have a throttle; the one that was not used the longest is made anew. */
    static final int GROUPS_MAX = 64;

    private final Throttle sending;
    private final Map<String, Throttle> receiving = new LinkedHashMap<>(4, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Throttle> eldest) {
            return size() > GROUPS_MAX;
        }
    };

    /** @param sendRate how fast it may send */
    public ClientThrottles(Rate sendRate, long nowMs) {
        this.sending = sendRate.isUnlimited() ? Throttle.OPEN : new Throttle(sendRate, nowMs);
    }

    /** @return what its sends pass */
    public Throttle sending() {
        return sending;
    }

    Throttle receiving(String group, Rate rate, long nowMs) {
        if (rate.isUnlimited()) {
            return Throttle.OPEN;
        }
        return receiving.compute(
                group, (name, known) -> known != null && known.rate().equals(rate) ? known : new Throttle(rate, nowMs));
    }
}
