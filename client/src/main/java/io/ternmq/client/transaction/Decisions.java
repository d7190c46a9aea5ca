package io.ternmq.client.transaction;

import io.ternmq.OutcomeUnknownException;
import io.ternmq.SendReceipt;
import io.ternmq.TransactionChecker.Decision;
import io.ternmq.client.route.Routes;
import io.ternmq.client.send.PreparedMessage;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.HalfMessage;
import io.ternmq.protocol.message.SysFlag;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.concurrent.CompletableFuture;

/** Tells brokers what becomes of half messages. Thread-safe. */
public final class Decisions {

    private final Routes routes;
    private final long timeoutMs;

    /**
     * Decides nothing yet.
     *
     * @param routes    where brokers are
     * @param timeoutMs for an answer
     */
    public Decisions(Routes routes, long timeoutMs) {
        this.routes = routes;
        this.timeoutMs = timeoutMs;
    }

    /**
     * Lets a prepared message be decided.
     *
     * @param prepared what waits
     * @return decides
     */
    public HalfMessage halfMessage(PreparedMessage prepared) {
        return new HalfMessage() {
            @Override
            public SendReceipt receipt() {
                return prepared.receipt();
            }

            @Override
            public CompletableFuture<Void> decide(Decision decision) {
                return Decisions.this.decide(prepared, decision);
            }
        };
    }

    @SuppressWarnings("NullAway") // the one value of Void
    private CompletableFuture<Void> decide(PreparedMessage prepared, Decision decision) {
        SendReceipt receipt = prepared.receipt();
        String what = "decide a transaction of " + receipt.partition();
        Connection broker = routes.connection(receipt.partition().broker());
        return end(
                        new Call(RequestCode.END_TRANSACTION, what, timeoutMs),
                        new Question(
                                prepared.producerGroup(),
                                receipt.partition().topic(),
                                prepared.position(),
                                receipt.offset(),
                                receipt.id(),
                                prepared.transactionId()),
                        decision)
                .field("fromTransactionCheck", false)
                .once()
                .to(broker, answer -> switch (answer.code()) {
                    case ResponseCode.SUCCESS -> null;
                    case ResponseCode.SYSTEM_ERROR ->
                        throw new OutcomeUnknownException(
                                "cannot " + what + ": the server no longer knows it, " + answer.remark());
                    default -> throw Failures.refused(what, answer);
                });
    }

    /** Answers a broker that asked. It asks again when the answer is lost. */
    CompletableFuture<Void> answer(Connection broker, Question question, Decision decision) {
        return end(
                        new Call(RequestCode.END_TRANSACTION, "answer what became of a transaction", timeoutMs),
                        question,
                        decision)
                .field("fromTransactionCheck", true)
                .expect(broker);
    }

    private static Call end(Call call, Question question, Decision decision) {
        return call.field("producerGroup", question.producerGroup())
                .field("topic", question.topic())
                .field("tranStateTableOffset", question.offset())
                .field("commitLogOffset", question.position())
                .field("commitOrRollback", verdict(decision))
                .field("msgId", question.id())
                .field("transactionId", question.transactionId());
    }

    private static int verdict(Decision decision) {
        return switch (decision) {
            case COMMIT -> SysFlag.TRANSACTION_COMMIT;
            case ROLLBACK -> SysFlag.TRANSACTION_ROLLBACK;
            case UNKNOWN -> 0;
        };
    }
}
