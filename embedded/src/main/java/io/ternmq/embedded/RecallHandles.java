package io.ternmq.embedded;

import io.ternmq.InvalidRequestException;
import io.ternmq.broker.timer.TimerKey;

/** What a delayed message is taken back by: when it is due, a space, its id. */
final class RecallHandles {

    private RecallHandles() {}

    static String of(TimerKey key) {
        return key.dueMs() + " " + key.uniqueKey();
    }

    static TimerKey parse(String topic, String handle) {
        int space = handle.indexOf(' ');
        try {
            return new TimerKey(
                    topic, handle.substring(space + 1), Long.parseLong(handle.substring(0, Math.max(0, space))));
        } catch (NumberFormatException e) {
            throw new InvalidRequestException("handle: '" + handle + "' (expected: one of a receipt)", e);
        }
    }
}
