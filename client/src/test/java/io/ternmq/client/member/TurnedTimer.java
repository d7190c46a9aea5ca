package io.ternmq.client.member;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Does things later, when the test says that it is later. */
final class TurnedTimer implements Heartbeat.Later {

    private final List<Due> waiting = new ArrayList<>();
    private Duration now = Duration.ZERO;

    private record Due(Duration at, Runnable task) {}

    @Override
    public synchronized Runnable schedule(Duration delay, Runnable task) {
        Due due = new Due(now.plus(delay), task);
        waiting.add(due);
        return () -> waiting.remove(due);
    }

    void turn(Duration by) {
        Duration until = now.plus(by);
        Due next;
        while ((next = next(until)) != null) {
            next.task().run();
        }
        now = until;
    }

    private synchronized Due next(Duration until) {
        Due next = waiting.stream()
                .filter(due -> due.at().compareTo(until) <= 0)
                .min(Comparator.comparing(Due::at))
                .orElse(null);
        if (next != null) {
            waiting.remove(next);
            now = next.at();
        }
        return next;
    }
}
