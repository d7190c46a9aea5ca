package io.ternmq.broker.traffic;

/**
 * What a member of a group passes on its way to messages.
 *
 * @param group holds the whole group to its rate
 * @param client holds the member's connection to its rate
 */
public record Gate(Throttle group, Throttle client) {
    /** So long at most is a request held back that does not wait for messages otherwise, in milliseconds. */
    public static final long HOLD_MS_MAX = 5_000;

    /** Holds nothing back. */
    public static final Gate OPEN = new Gate(Throttle.OPEN, Throttle.OPEN);

    /** @return whether it never holds anything back */
    public boolean isOpen() {
        return group == Throttle.OPEN && client == Throttle.OPEN;
    }

    /** @return after how long to ask again, in milliseconds; 0 when something may go now */
    public long holdMs(long nowMs) {
        long clientMs = client.holdMs(nowMs);
        return clientMs > 0 ? clientMs : group.holdMs(nowMs);
    }

    /** @return how many messages may go now, at least 1 */
    public int messagesMax(int wanted, long nowMs) {
        return (int) Math.max(1, Math.min(wanted, Math.min(group.messages(nowMs), client.messages(nowMs))));
    }

    /** @return how many bytes may go now, at least 1 */
    public int bytesMax(int wanted, long nowMs) {
        return (int) Math.max(1, Math.min(wanted, Math.min(group.bytes(nowMs), client.bytes(nowMs))));
    }

    /** So much went through. */
    public void took(long messages, long bytes, long nowMs) {
        group.took(messages, bytes, nowMs);
        client.took(messages, bytes, nowMs);
    }
}
