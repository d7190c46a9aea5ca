package io.ternmq.contract;

import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A queue on a server, over the network. */
class RemoteSendTest extends SendContract {

    @RegisterExtension
    static final RemoteServer SERVER = new RemoteServer();

    @Override
    TernMQBuilder queue() {
        return TernMQ.at(SERVER.address());
    }
}
