package io.ternmq.contract;

import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;

/** A queue in a folder. */
class FileSendTest extends SendContract {

    @Override
    TernMQBuilder queue() {
        return TernMQ.at("file:" + folder.resolve("data"));
    }
}
