package io.ternmq.log;

import org.agrona.DirectBuffer;

/** Takes records that were read. */
@FunctionalInterface
public interface RecordSink {
    /**
     * Takes one record; its bytes are valid only during the call.
     *
     * @param buffer holds the record
     * @param offset its number in the queue
     * @return false to leave this record and stop here
     */
    boolean accept(DirectBuffer buffer, int index, int length, long offset);
}
