package io.ternmq.broker.traffic;

import io.ternmq.broker.catalog.GroupConfig;
import org.jspecify.annotations.Nullable;

/**
 * How fast a group is given messages, as its attributes say.
 *
 * @param group all members together
 * @param client each connection of a member
 */
public record GroupRates(Rate group, Rate client) {
    /** Messages a second that the group is given. */
    public static final String MESSAGES = "limit.messages-per-second";

    /** Bytes a second that the group is given. */
    public static final String BYTES = "limit.bytes-per-second";

    /** Messages a second that each connection of the group is given. */
    public static final String CLIENT_MESSAGES = "limit.client-messages-per-second";

    /** Bytes a second that each connection of the group is given. */
    public static final String CLIENT_BYTES = "limit.client-bytes-per-second";

    /** No limit. */
    public static final GroupRates UNLIMITED = new GroupRates(Rate.UNLIMITED, Rate.UNLIMITED);

    /** @throws IllegalArgumentException when an attribute is no rate; its message names it, its value and what was expected */
    public static GroupRates of(GroupConfig group) {
        if (group.attributes().isEmpty()) {
            return UNLIMITED;
        }
        return new GroupRates(
                new Rate(value(group, MESSAGES), value(group, BYTES)),
                new Rate(value(group, CLIENT_MESSAGES), value(group, CLIENT_BYTES)));
    }

    /** @return whether there is no limit at all */
    public boolean isUnlimited() {
        return group.isUnlimited() && client.isUnlimited();
    }

    private static long value(GroupConfig group, String name) {
        String text = group.attributes().get(name);
        if (text == null) {
            return 0;
        }
        try {
            long value = Long.parseLong(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(name, text, e);
        }
        throw refused(name, text, null);
    }

    private static IllegalArgumentException refused(String name, String text, @Nullable Exception cause) {
        return new IllegalArgumentException(name + ": '" + text + "' (expected: a whole number, 1 or more)", cause);
    }
}
