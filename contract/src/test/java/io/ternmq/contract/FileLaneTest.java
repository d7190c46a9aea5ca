package io.ternmq.contract;

import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;

/** Lanes of a queue in a folder. */
class FileLaneTest extends LaneContract {

    @Override
    TernMQBuilder queue() {
        return TernMQ.at("file:" + folder.resolve("data"));
    }
}
