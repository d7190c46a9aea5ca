package io.ternmq.bench.load;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.MachineCpu;
import io.ternmq.bench.measure.ProcessGroup;
import java.util.concurrent.TimeUnit;

/**
 * The part of a run that counts, between warm-up and end, and what was used in it. {@link #contains} from any thread;
 * all else belongs to the thread that runs the test.
 */
final class Window {
    private final ProcessGroup servers;
    private volatile long startNs = Long.MAX_VALUE;
    private volatile long endNs = Long.MAX_VALUE;
    private double ownCpu;
    private double serverCpu;
    private double busyCpu;

    Window(ProcessGroup servers) {
        this.servers = servers;
    }

    boolean contains(long nanoTime) {
        return nanoTime >= startNs && nanoTime < endNs;
    }

    double seconds() {
        return (endNs - startNs) / 1e9;
    }

    /** Waits for the warm-up, opens, waits, closes. */
    void pass(long warmUpMs, long measuredMs) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(warmUpMs);
        open();
        TimeUnit.MILLISECONDS.sleep(measuredMs);
        close();
    }

    void open() {
        ownCpu = -MachineCpu.ownSeconds();
        serverCpu = -servers.cpuSeconds();
        busyCpu = -MachineCpu.busySeconds();
        startNs = System.nanoTime();
    }

    void close() {
        endNs = System.nanoTime();
        ownCpu += MachineCpu.ownSeconds();
        serverCpu += servers.cpuSeconds();
        busyCpu += MachineCpu.busySeconds();
    }

    /** For when the end is known only afterwards. */
    void narrow(long firstNs, long lastNs) {
        startNs = firstNs;
        endNs = Math.max(firstNs + 1, lastNs);
    }

    /** Adds throughput and what it cost. */
    void report(JsonLine line, long messageCount) {
        double messages = Math.max(1, messageCount);
        line.put("window_s", seconds())
                .put("messages", messageCount)
                .put("msg_s", messageCount / seconds())
                .put("client_us_msg", ownCpu * 1e6 / messages);
        if (!servers.isEmpty()) {
            line.put("server_us_msg", serverCpu * 1e6 / messages)
                    .put("server_cpu_s", serverCpu)
                    .put("other_cpu_s", busyCpu - ownCpu - serverCpu)
                    .put("server_rss_mib", servers.residentMib())
                    .put("server_anon_mib", servers.anonymousMib())
                    .put("server_threads", servers.threadCount());
        }
    }
}
