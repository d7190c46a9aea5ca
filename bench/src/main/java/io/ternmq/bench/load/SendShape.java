package io.ternmq.bench.load;

import io.ternmq.bench.measure.Options;

/**
 * What is sent, and by how many hands.
 *
 * @param mode          how each message or batch is handed over
 * @param threadCount   threads that send
 * @param bodyBytes     size of each body
 * @param inFlightMax   messages without an answer at any time, all threads together; for modes with a callback
 * @param batchCount    messages in a request; 1 unless the mode is a batch
 * @param ratePerSecond messages per second in an open loop; 0 sends as fast as answers come
 */
record SendShape(SendMode mode, int threadCount, int bodyBytes, int inFlightMax, int batchCount, int ratePerSecond) {

    SendShape {
        if (threadCount < 1) {
            throw new IllegalArgumentException("threads: " + threadCount + " (expected: at least 1)");
        }
        if (mode == SendMode.ONE_WAY && ratePerSecond == 0) {
            // Without answers nothing slows the client down until its heap is full.
            throw new IllegalArgumentException("rate: 0 (expected: a rate, when mode is one-way)");
        }
    }

    static SendShape parse(Options options) {
        SendMode mode = SendMode.parse(options.text("mode", "sync"));
        int batch = options.count("batch", 32);
        return new SendShape(
                mode,
                options.count("threads", 1),
                options.count("size", 1_024),
                options.count("inflight", 1_000),
                mode.isBatch() ? batch : 1,
                options.count("rate", 0));
    }

    /** Requests without an answer at any time. */
    int requestsInFlightMax() {
        return Math.max(1, inFlightMax / batchCount);
    }

    /** Between two requests of one thread; 0 when there is no rate. */
    double intervalNs() {
        return ratePerSecond == 0 ? 0 : 1e9 * threadCount * batchCount / ratePerSecond;
    }
}
