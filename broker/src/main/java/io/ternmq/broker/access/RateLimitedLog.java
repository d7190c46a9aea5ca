package io.ternmq.broker.access;

import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.EpochClock;
import org.slf4j.Logger;

/** At most one warning a topic of complaint and period, with a count of those left out. Thread-safe. */
public final class RateLimitedLog {
    private static final long PERIOD_MS = 10_000;
    private static final int TOPICS_MAX = 1_000;

    private final Logger log;
    private final EpochClock clock;
    private final Map<String, Complaint> complaints = new HashMap<>();

    /** @param log where the lines go */
    public RateLimitedLog(Logger log, EpochClock clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Logs the message, unless there was one of the same topic a moment ago.
     *
     * @param topic what it is about; a few fixed words
     * @param message one line
     */
    public void warn(String topic, String message) {
        int leftOut = admit(topic);
        if (leftOut == 0) {
            log.warn("{}", message);
        } else if (leftOut > 0) {
            log.warn("{} ({} more of the kind were not logged)", message, leftOut);
        }
    }

    /** @return how many were left out before this one; negative when this one is left out too */
    private synchronized int admit(String topic) {
        long nowMs = clock.time();
        Complaint complaint = complaints.get(topic);
        if (complaint != null && nowMs < complaint.nextMs) {
            complaint.leftOut++;
            return -1;
        }
        if (complaint == null) {
            if (complaints.size() >= TOPICS_MAX) {
                return -1;
            }
            complaint = new Complaint();
            complaints.put(topic, complaint);
        }
        int leftOut = complaint.leftOut;
        complaint.leftOut = 0;
        complaint.nextMs = nowMs + PERIOD_MS;
        return leftOut;
    }

    private static final class Complaint {
        private long nextMs;
        private int leftOut;
    }
}
