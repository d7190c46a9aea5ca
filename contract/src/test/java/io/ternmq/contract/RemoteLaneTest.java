package io.ternmq.contract;

import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lanes of a queue on a server: base and lane share one connection to it. */
class RemoteLaneTest extends LaneContract {

    @RegisterExtension
    static final RemoteServer SERVER = new RemoteServer();

    @Override
    TernMQBuilder queue() {
        return TernMQ.at(SERVER.address());
    }
}
