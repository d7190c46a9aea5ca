package io.ternmq.remoting;

import java.util.HashMap;
import java.util.Map;

/** Requests that operators' tools know and that have no answer here, each with the reason. */
final class UnsupportedRequests {
    /** By request code. */
    static final Map<Integer, String> REASONS = reasons();

    private UnsupportedRequests() {}

    private static Map<Integer, String> reasons() {
        Map<Integer, String> reasons = new HashMap<>();
        add(reasons, "a server registers nowhere, routes are its own", 103, 104, 322, 901, 904, 905, 906);
        add(reasons, "the server asks it of clients", 39, 40, 220, 221, 326);
        add(reasons, "offsets are told by 14 and 30", 13);
        add(reasons, "a client keeps its own settings", 47);
        add(reasons, "how a group consumes is told by 400", 402);
        add(reasons, "leases are kept in the log, they need no rolling back", 200_056);
        add(reasons, "nothing is deleted by hand, retention does it", 27);
        add(reasons, "topics are listed by 206 and shown by 351", 22, 23);
        add(reasons, "the state behind it is kept otherwise here, in the log", 45, 60);
        add(reasons, "consumers are not controlled from here; a group is switched off by its settings", 209, 210, 213);
        add(reasons, "offsets are reset by 222", 211, 212);
        add(reasons, "who consumes a topic is told by 300", 214);
        add(reasons, "there are no filter servers and classes, filters are SQL92 expressions", 301, 302);
        add(reasons, "a message that was given up is sent again by its producer", 323);
        add(reasons, "a group is switched off as a whole, by its settings", 353);
        add(reasons, "nothing is kept in RocksDB", 354, 355);
        add(reasons, "static topics are not supported", 513);
        add(reasons, "there is no broker container, one process is one broker", 902, 903);
        add(reasons, "there are no replicas", 907, 908);
        for (int code = 1_001; code <= 1_013; code++) {
            add(reasons, "there are no replicas and no controller", code);
        }
        add(
                reasons,
                "there is no flow control for old messages, they are read by threads of their own",
                2_001,
                2_002,
                2_003);
        add(reasons, "read-ahead is the operating system's", 2_004);
        for (int code = 3_001; code <= 3_010; code++) {
            add(reasons, "there are no users and access lists", code);
        }
        add(reasons, "there is one timer engine", 5_001);
        for (int code = 200_070; code <= 200_079; code++) {
            add(reasons, "lite topics are not supported", code);
        }
        return Map.copyOf(reasons);
    }

    private static void add(Map<Integer, String> reasons, String reason, int... codes) {
        for (int code : codes) {
            reasons.put(code, reason);
        }
    }
}
