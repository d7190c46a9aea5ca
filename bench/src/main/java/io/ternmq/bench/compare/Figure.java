package io.ternmq.bench.compare;

/** A row of the table. */
enum Figure {
    SYNC_64_RATE(
            "64 threads sync 1 KB, async flush: sends/s", Workload.SYNC_64, "msg_s", Target.Kind.RATIO_AT_LEAST, 1.8),
    SYNC_64_CPU("… server CPU, µs/message", Workload.SYNC_64, "server_us_msg", Target.Kind.RATIO_AT_MOST, 0.35),
    SYNC_64_P99("… p99 send latency, µs", Workload.SYNC_64, "send_p99_us", Target.Kind.RATIO_AT_MOST, 0.25),
    SYNC_1_RATE("1 thread sync 1 KB, async flush: sends/s", Workload.SYNC_1, "msg_s", Target.Kind.RATIO_AT_LEAST, 1.5),
    SYNC_1_CPU("… server CPU, µs/message", Workload.SYNC_1, "server_us_msg", Target.Kind.RATIO_AT_MOST, 0.35),
    SYNC_64_FORCED_RATE(
            "64 threads sync 1 KB, sync flush: sends/s",
            Workload.SYNC_64_FORCED,
            "msg_s",
            Target.Kind.RATIO_AT_LEAST,
            2.5),
    SYNC_1_FORCED_RATE(
            "1 thread sync 1 KB, sync flush: sends/s", Workload.SYNC_1_FORCED, "msg_s", Target.Kind.RATIO_AT_LEAST, 3),
    ASYNC_1000_RATE(
            "async, 1,000 in flight, 1 KB: sends/s", Workload.ASYNC_1000, "msg_s", Target.Kind.RATIO_AT_LEAST, 2),
    BATCH_32_RATE("batches of 32 × 100 B: messages/s", Workload.BATCH_32, "msg_s", Target.Kind.RATIO_AT_LEAST, 2),
    END_TO_END_P99(
            "end to end at 1,000 msg/s: p99 latency, µs",
            Workload.END_TO_END,
            "e2e_p99_us",
            Target.Kind.RATIO_AT_MOST,
            0.25),
    BACKLOG_RATE(
            "fresh group reads 300,000 × 1 KB: messages/s", Workload.BACKLOG, "msg_s", Target.Kind.RATIO_AT_LEAST, 2),
    ORDERLY_RATE(
            "orderly: fresh group reads 300,000 × 1 KB: messages/s",
            Workload.ORDERLY,
            "msg_s",
            Target.Kind.RATIO_AT_LEAST,
            1.5),
    POP_RATE(
            "pop and ack: fresh group, 300,000 × 1 KB: messages/s",
            Workload.POP,
            "msg_s",
            Target.Kind.RATIO_AT_LEAST,
            2),
    TRANSACTIONS_RATE(
            "transactions, 64 threads, 1 KB: messages/s",
            Workload.TRANSACTIONS,
            "msg_s",
            Target.Kind.RATIO_AT_LEAST,
            2),
    TIMERS_RATE("timers due in an hour, 1 KB: messages/s", Workload.TIMERS, "msg_s", Target.Kind.RATIO_AT_LEAST, 2),
    TIMERS_MEMORY("… resident memory then, MiB", Workload.TIMERS, "server_rss_mib", Target.Kind.RATIO_AT_MOST, 0.2),
    GRPC_SYNC_64_RATE(
            "gRPC: 64 threads sync 1 KB, async flush: sends/s",
            Workload.GRPC_SYNC_64,
            "msg_s",
            Target.Kind.RATIO_AT_LEAST,
            2),
    GRPC_SYNC_64_CPU(
            "… server CPU, µs/message", Workload.GRPC_SYNC_64, "server_us_msg", Target.Kind.RATIO_AT_MOST, 0.35),
    GRPC_SYNC_64_P99("… p99 send latency, µs", Workload.GRPC_SYNC_64, "send_p99_us", Target.Kind.RATIO_AT_MOST, 0.3),
    GRPC_END_TO_END_P99(
            "gRPC: end to end at 1,000 msg/s: p99 latency, µs",
            Workload.GRPC_END_TO_END,
            "e2e_p99_us",
            Target.Kind.RATIO_AT_MOST,
            0.3),
    FIRST_SEND(
            "process start to first acknowledged message, ms",
            Workload.START,
            "start_ms",
            Target.Kind.RATIO_AT_MOST,
            0.15),
    IDLE_MEMORY("idle: resident memory, MiB", Workload.START, "rss_mib", Target.Kind.RATIO_AT_MOST, 0.2),
    IDLE_THREADS("idle: threads", Workload.START, "threads", Target.Kind.FIGURE_AT_MOST, 30),
    IDLE_CPU("idle: CPU, % of a core", Workload.START, "idle_cpu_pct", Target.Kind.FIGURE_AT_MOST, 0.5),
    TOPICS_CPU(
            "idle after 10,000 topics: CPU, % of a core",
            Workload.TOPICS, "idle_cpu_pct", Target.Kind.FIGURE_AT_MOST, 0.5),
    SIZE("distribution, MB", Workload.SIZE, "size_mb", Target.Kind.FIGURE_AT_MOST, 20);

    private final String title;
    private final Workload workload;
    private final String key;
    private final Target.Kind kind;
    private final double limit;

    Figure(String title, Workload workload, String key, Target.Kind kind, double limit) {
        this.title = title;
        this.workload = workload;
        this.key = key;
        this.kind = kind;
        this.limit = limit;
    }

    String title() {
        return title;
    }

    Workload workload() {
        return workload;
    }

    /** Where the number stands in the results of the workload. */
    String key() {
        return key;
    }

    Target target() {
        return new Target(kind, limit);
    }
}
