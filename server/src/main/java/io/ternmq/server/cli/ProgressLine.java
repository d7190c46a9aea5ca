package io.ternmq.server.cli;

import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;

/** One line on the terminal that is written again and again; nothing at all where nobody watches. One thread. */
final class ProgressLine {

    private static final long EVERY_NS = 200_000_000;
    private static final String CLEAR_TO_END = "\033[K";

    private final Console console;
    private final NanoClock clock;
    private long shownNs;
    private boolean visible;

    ProgressLine(Console console, NanoClock clock) {
        this.console = console;
        this.clock = clock;
        this.shownNs = clock.nanoTime();
    }

    void show(Supplier<String> text) {
        long nowNs = clock.nanoTime();
        if (console.terminal() && nowNs - shownNs >= EVERY_NS) {
            shownNs = nowNs;
            visible = true;
            console.err().print("\r" + text.get() + CLEAR_TO_END);
            console.err().flush();
        }
    }

    void clear() {
        if (visible) {
            console.err().print("\r" + CLEAR_TO_END);
            console.err().flush();
        }
    }
}
