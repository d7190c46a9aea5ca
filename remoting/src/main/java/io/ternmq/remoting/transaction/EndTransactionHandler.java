package io.ternmq.remoting.transaction;

import io.ternmq.broker.transaction.TransactionEnd;
import io.ternmq.broker.transaction.TransactionEnd.Verdict;
import io.ternmq.protocol.message.SysFlag;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Ends a transaction as its producer says. Clients say it without wanting an answer; who wants one gets one. */
public final class EndTransactionHandler implements RequestHandler {
    private static final int UNKNOWN = 0;

    private final BrokerAccess access;

    /** @param access the shard that has the half messages */
    public EndTransactionHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        int verdict = request.getInt("commitOrRollback");
        switch (verdict) {
            case UNKNOWN -> exchange.succeed(); // the producer will be asked
            case SysFlag.TRANSACTION_COMMIT -> end(exchange, request, Verdict.COMMIT);
            case SysFlag.TRANSACTION_ROLLBACK -> end(exchange, request, Verdict.ROLL_BACK);
            default ->
                exchange.answer(
                        ResponseCode.SYSTEM_ERROR,
                        "commitOrRollback: " + verdict + " (expected: 0 unknown, 8 commit, 12 roll back)");
        }
    }

    private void end(Exchange exchange, RemotingFrame request, Verdict verdict) {
        TransactionEnd end = new TransactionEnd(
                request.getLong("commitLogOffset"),
                request.getLong("tranStateTableOffset"),
                request.getRequired("producerGroup"),
                verdict);
        access.submit(
                exchange, access.shard().transactions().end(end, new Later<>(exchange, done -> exchange.succeed())));
    }
}
