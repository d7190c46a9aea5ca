package io.ternmq.remoting.query;

import io.netty.buffer.ByteBuf;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.access.RecordBuffer;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Gives the message at a position of the log: the one that an id names. */
public final class ViewMessageHandler implements RequestHandler {
    private static final int BYTES_EXPECTED = 8 * 1024;

    private final BrokerAccess access;

    /** @param access the shard that has the messages */
    public ViewMessageHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        long position = request.getLong("offset");
        view(exchange, position, () -> viewMoved(exchange, position));
    }

    /** A half message keeps its id when it is carried along with the log. */
    private void viewMoved(Exchange exchange, long id) {
        Completion missing = () -> exchange.answer(ResponseCode.SYSTEM_ERROR, "no message at position " + id);
        access.submit(exchange, StateCommands.locateHalfMessage(id, new Later<>(exchange, position -> {
            if (position == id) {
                missing.finish();
            } else {
                view(exchange, position, missing);
            }
        })));
    }

    private void view(Exchange exchange, long position, Completion missing) {
        access.read(exchange, scratch -> {
            RecordBuffer records = new RecordBuffer(exchange.connection(), BYTES_EXPECTED);
            boolean found = access.shard().reader().readAt(position, records, scratch);
            ByteBuf body = records.take();
            return () -> {
                if (found) {
                    exchange.begin(ResponseCode.SUCCESS, null);
                    exchange.end(body);
                } else {
                    body.release();
                    missing.finish();
                }
            };
        });
    }
}
