package io.ternmq.contract;

import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;

/** A queue in memory. */
class MemorySendTest extends SendContract {

    @Override
    TernMQBuilder queue() {
        return TernMQ.at("mem:");
    }
}
