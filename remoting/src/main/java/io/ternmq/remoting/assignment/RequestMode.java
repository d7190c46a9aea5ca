package io.ternmq.remoting.assignment;

import io.ternmq.broker.catalog.SettingKey;

/**
 * How the members of a group get the messages of a topic. It is kept as a key-value setting, so in the log.
 *
 * @param byLease by lease; else by offset
 * @param sharedCount where messages are taken by lease: with how many other members a member shares its queues; 0 for
 *     with all
 */
record RequestMode(boolean byLease, int sharedCount) {
    /** What counts until something else is said. */
    static final RequestMode BY_OFFSET = new RequestMode(false, 0);

    static final String POP = "POP";
    static final String PULL = "PULL";
    private static final String NAMESPACE = "TERN_MESSAGE_REQUEST_MODE";
    private static final char SEPARATOR = ' ';

    /** @return under which name it is kept; neither topics nor groups have a space in theirs */
    static SettingKey key(String topic, String group) {
        return new SettingKey(NAMESPACE, topic + SEPARATOR + group);
    }

    /** @return the word that clients know */
    String word() {
        return byLease ? POP : PULL;
    }

    /** @return the setting's value */
    String encode() {
        return word() + SEPARATOR + sharedCount;
    }

    /** @return what the setting says; another one than {@link #encode} writes says nothing */
    static RequestMode decode(String value) {
        String prefix = POP + SEPARATOR;
        if (!value.startsWith(prefix)) {
            return BY_OFFSET;
        }
        try {
            return new RequestMode(true, Integer.parseInt(value.substring(prefix.length())));
        } catch (NumberFormatException e) {
            return BY_OFFSET;
        }
    }
}
