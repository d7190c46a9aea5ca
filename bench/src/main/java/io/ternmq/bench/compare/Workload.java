package io.ternmq.bench.compare;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is run against each server. Results are kept under the name in lower case, with dashes. */
enum Workload {
    SYNC_64(Flush.ASYNC, Kind.LOAD, "--mode sync --threads 64 --size 1024"),
    SYNC_1(Flush.ASYNC, Kind.LOAD, "--mode sync --threads 1 --size 1024"),
    ASYNC_1000(Flush.ASYNC, Kind.LOAD, "--mode async --inflight 1000 --size 1024"),
    BATCH_32(Flush.ASYNC, Kind.LOAD, "--mode batch-async --batch 32 --inflight 1000 --size 100"),
    END_TO_END(Flush.ASYNC, Kind.LOAD, "--mode async --rate 1000 --size 1024 --consume true"),
    BACKLOG(Flush.ASYNC, Kind.BACKLOG, "--mode async --inflight 1000 --size 1024 --backlog 300000"),
    ORDERLY(
            Flush.ASYNC,
            Kind.BACKLOG,
            "--mode async --inflight 1000 --size 1024 --backlog 300000 --consume-mode orderly"),
    POP(Flush.ASYNC, Kind.BACKLOG, "--mode async --inflight 1000 --size 1024 --backlog 300000 --consume-mode pop"),
    TRANSACTIONS(Flush.ASYNC, Kind.LOAD, "--mode transaction --threads 64 --size 1024"),
    TIMERS(Flush.ASYNC, Kind.LOAD, "--mode async --inflight 1000 --size 1024 --delay-ms 3600000"),
    SYNC_64_FORCED(Flush.SYNC, Kind.LOAD, "--mode sync --threads 64 --size 1024"),
    SYNC_1_FORCED(Flush.SYNC, Kind.LOAD, "--mode sync --threads 1 --size 1024"),
    GRPC_SYNC_64(Flush.ASYNC, Kind.LOAD, "--client grpc --mode sync --threads 64 --size 1024"),
    GRPC_END_TO_END(Flush.ASYNC, Kind.LOAD, "--client grpc --mode async --rate 1000 --size 1024 --consume true"),
    START(Flush.ASYNC, Kind.START, ""),
    TOPICS(Flush.ASYNC, Kind.TOPICS, "--topics 10000"),
    SIZE(Flush.ASYNC, Kind.SIZE, "");

    /** How a workload is run. */
    enum Kind {
        /** For a number of seconds, against a server that is warm. */
        LOAD,
        /** Until a number of messages was read. */
        BACKLOG,
        /** A fresh server: time to the first acknowledged message, then what it takes when nothing happens. */
        START,
        /** A fresh server: what it takes when nothing happens after many topics were used. */
        TOPICS,
        /** Nothing runs: the files it takes. */
        SIZE
    }

    /** What fixed answers cannot give. */
    private static final Set<Workload> NEEDS_A_QUEUE =
            EnumSet.of(END_TO_END, ORDERLY, POP, TRANSACTIONS, GRPC_SYNC_64, GRPC_END_TO_END);

    private final Flush flush;
    private final Kind kind;
    private final String arguments;

    Workload(Flush flush, Kind kind, String arguments) {
        this.flush = flush;
        this.kind = kind;
        this.arguments = arguments;
    }

    Flush flush() {
        return flush;
    }

    Kind kind() {
        return kind;
    }

    List<String> arguments() {
        return arguments.isEmpty() ? List.of() : List.of(arguments.split(" ", -1));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it needs a server that speaks gRPC. */
    boolean isOverGrpc() {
        return this == GRPC_SYNC_64 || this == GRPC_END_TO_END;
    }

    /** Whether it is one of many on a server that was warmed up once. */
    boolean runsOnWarmServer() {
        return kind == Kind.LOAD || kind == Kind.BACKLOG;
    }

    /** Whether it is run against the null responder, which knows no flush. */
    boolean showsCeiling() {
        return runsOnWarmServer() && flush == Flush.ASYNC && !NEEDS_A_QUEUE.contains(this);
    }

    /** Where the client's ceiling for this workload is found. */
    Workload ceiling() {
        return switch (this) {
            case SYNC_64_FORCED -> SYNC_64;
            case SYNC_1_FORCED -> SYNC_1;
            case TIMERS -> ASYNC_1000;
            default -> this;
        };
    }
}
