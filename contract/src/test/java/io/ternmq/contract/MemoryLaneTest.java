package io.ternmq.contract;

import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;

/** Lanes of a queue in memory. */
class MemoryLaneTest extends LaneContract {

    @Override
    TernMQBuilder queue() {
        return TernMQ.at("mem:");
    }
}
