package io.ternmq.remoting.route;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Takes the permission to write out of all routes, and puts it back: so that an operator can let the server run dry. */
public final class WritePermissionHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access what routes offer */
    public WritePermissionHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        boolean wipe = request.code() == RequestCode.WIPE_WRITE_PERM_OF_BROKER;
        int count = 0;
        if (request.getRequired("brokerName").equals(access.identity().brokerName())) {
            count = access.catalog().topics().size();
            turn(wipe);
        }
        exchange.begin(ResponseCode.SUCCESS, null).field(wipe ? "wipeTopicCount" : "addTopicCount", count);
        exchange.end();
    }

    private void turn(boolean wipe) {
        if (wipe) {
            access.writes().close();
        } else {
            access.writes().open();
        }
    }
}
