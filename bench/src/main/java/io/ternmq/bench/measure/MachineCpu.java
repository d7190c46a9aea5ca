package io.ternmq.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of this process and of the whole machine. */
public final class MachineCpu {
    private static final double TICKS_PER_SECOND = 100;
    private static final double NS_PER_SECOND = 1e9;

    private MachineCpu() {}

    /** CPU seconds of this process so far. */
    public static double ownSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / NS_PER_SECOND;
    }

    /** CPU seconds of all cores that were not idle so far: what neither client nor server used disturbed the run. */
    public static double busySeconds() {
        String total;
        try {
            total = Files.readString(Path.of("/proc/stat")).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] fields = total.trim().split("\\s+", -1);
        long ticks = 0;
        // user nice system (idle iowait) irq softirq
        for (int field : new int[] {1, 2, 3, 6, 7}) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
