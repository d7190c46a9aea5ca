package io.ternmq.grpc.transaction;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.EndTransactionRequest;
import apache.rocketmq.v2.EndTransactionResponse;
import io.ternmq.broker.transaction.TransactionEnd;
import io.ternmq.broker.transaction.TransactionEnd.Verdict;
import io.ternmq.broker.transaction.Transactions;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.call.Later;
import io.ternmq.grpc.call.Statuses;
import io.ternmq.grpc.convert.NameRules;
import io.ternmq.grpc.convert.TransactionId;

/** Ends a transaction as its producer says. Any event loop. */
public final class EndTransactionHandler {
    private static final EndTransactionResponse DONE =
            EndTransactionResponse.newBuilder().setStatus(Statuses.OK).build();

    private final Transactions transactions;

    /** @param transactions of the shard that has the half messages */
    public EndTransactionHandler(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Answers once it is decided. */
    public void end(Call<EndTransactionResponse> call, EndTransactionRequest request) {
        String topic = NameRules.topic(request.getTopic());
        if (request.getTransactionId().isBlank()) {
            throw new CallRefused(Code.INVALID_TRANSACTION_ID, "transaction id cannot be empty");
        }
        TransactionId id = TransactionId.decode(request.getTransactionId());
        if (id == null) {
            throw new CallRefused(
                    Code.INVALID_TRANSACTION_ID,
                    "transaction id: '" + request.getTransactionId()
                            + "' (expected: one that a send was answered with)");
        }
        switch (request.getResolution()) {
            case COMMIT -> end(call, id, topic, Verdict.COMMIT);
            case ROLLBACK -> end(call, id, topic, Verdict.ROLL_BACK);
            default -> call.answer(DONE); // the producer will be asked
        }
    }

    private void end(Call<EndTransactionResponse> call, TransactionId id, String topic, Verdict verdict) {
        TransactionEnd end = new TransactionEnd(id.position(), id.offset(), topic, verdict);
        if (!call.loop().submit(transactions.end(end, new Later<>(call, done -> call.answer(DONE))))) {
            throw new CallRefused(Code.TOO_MANY_REQUESTS, Statuses.BUSY);
        }
    }
}
