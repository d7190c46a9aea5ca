package io.ternmq.server.cli;

import org.HdrHistogram.Histogram;

/**
 * What a bench measured, after its warm-up.
 *
 * @param sentCount  messages acknowledged
 * @param errorCount sends that failed, warm-up included
 * @param seconds    how long it took
 * @param sendNs     from a send to its acknowledgement
 * @param endToEndNs from a send to the receipt of its message
 */
record BenchResult(long sentCount, long errorCount, double seconds, Histogram sendNs, Histogram endToEndNs) {

    double perSecond() {
        return sentCount / seconds;
    }
}
