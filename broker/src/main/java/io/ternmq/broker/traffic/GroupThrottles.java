package io.ternmq.broker.traffic;

import io.ternmq.broker.catalog.GroupConfig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.EpochClock;

/** The throttles of the groups that have a limit. Thread-safe. */
public final class GroupThrottles {
    /** At that bound all are made anew, which lets each group go on with a second's worth. */
    static final int COUNT_MAX = 4_096;

    private final EpochClock clock;
    private final ConcurrentHashMap<String, Limited> limited = new ConcurrentHashMap<>();

    private record Limited(Map<String, String> attributes, GroupRates rates, Throttle throttle) {}

    /** @param clock says how much may go */
    public GroupThrottles(EpochClock clock) {
        this.clock = clock;
    }

    /**
     * @param group its settings as they are now; other attributes make another throttle
     * @param client what the member's connection passed before
     * @return what a member of the group passes
     */
    public Gate gate(GroupConfig group, ClientThrottles client) {
        if (group.attributes().isEmpty()) {
            return Gate.OPEN;
        }
        Limited found = limited.get(group.name());
        if (found == null || !found.attributes().equals(group.attributes())) {
            found = put(group);
        }
        return found.rates().isUnlimited()
                ? Gate.OPEN
                : new Gate(
                        found.throttle(),
                        client.receiving(group.name(), found.rates().client(), clock.time()));
    }

    int count() {
        return limited.size();
    }

    private Limited put(GroupConfig group) {
        GroupRates rates = ratesOf(group);
        Rate rate = rates.group();
        Limited made = new Limited(
                group.attributes(), rates, rate.isUnlimited() ? Throttle.OPEN : new Throttle(rate, clock.time()));
        if (limited.size() >= COUNT_MAX) {
            limited.clear();
        }
        limited.put(group.name(), made);
        return made;
    }

    /** Settings are checked when they are made; what was stored before there were limits may look like one. */
    private static GroupRates ratesOf(GroupConfig group) {
        try {
            return GroupRates.of(group);
        } catch (IllegalArgumentException e) {
            return GroupRates.UNLIMITED;
        }
    }
}
