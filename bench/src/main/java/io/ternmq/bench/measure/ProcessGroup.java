package io.ternmq.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The processes that make up a server, as {@code /proc} shows them. Linux only.
 *
 * @param pids their numbers; none measures nothing
 */
public record ProcessGroup(List<Long> pids) {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final double KIB_PER_MIB = 1_024;

    /** Checks nothing: a process may have ended already. */
    public ProcessGroup {
        pids = List.copyOf(pids);
    }

    /**
     * Reads a list such as {@code 12,34}.
     *
     * @throws NumberFormatException when it is none
     */
    public static ProcessGroup parse(String commaSeparated) {
        return new ProcessGroup(Arrays.stream(commaSeparated.split(",", -1))
                .filter(pid -> !pid.isBlank())
                .map(pid -> Long.valueOf(pid.trim()))
                .toList());
    }

    /** Whether there is nothing to measure. */
    public boolean isEmpty() {
        return pids.isEmpty();
    }

    /** CPU seconds all of them have used so far, in user and in kernel mode. */
    public double cpuSeconds() {
        double seconds = 0;
        for (long pid : pids) {
            String stat = read(pid, "stat");
            // The name in brackets may hold blanks, so fields are counted from behind it.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            seconds += (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND;
        }
        return seconds;
    }

    /** Resident memory of all of them, files they have mapped included. */
    public double residentMib() {
        return sum("VmRSS") / KIB_PER_MIB;
    }

    /** Resident memory of all of them without mapped files. */
    public double anonymousMib() {
        return sum("RssAnon") / KIB_PER_MIB;
    }

    /** Threads of all of them. */
    public long threadCount() {
        return sum("Threads");
    }

    private long sum(String field) {
        long sum = 0;
        for (long pid : pids) {
            sum += read(pid, "status")
                    .lines()
                    .filter(line -> line.startsWith(field + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        }
        return sum;
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " has ended", e);
        }
    }
}
