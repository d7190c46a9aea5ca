package io.ternmq.remoting.lease;

import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.remoting.access.Refusals;
import io.ternmq.remoting.connection.Exchange;
import org.jspecify.annotations.Nullable;

/** Several commands and the one answer to all of them, which tells the worst that happened. Event loop of the exchange only. */
final class AnswerToAll {
    private final Exchange exchange;
    private int missing;
    private LeaseAnswer worst = LeaseAnswer.DONE;
    private @Nullable Refusal refusal;
    private String refusalDetail = "";

    AnswerToAll(Exchange exchange, int count) {
        this.exchange = exchange;
        this.missing = count;
    }

    /** For each of the commands. */
    Outcome<LeaseAnswer> next() {
        return new Outcome<>() {
            @Override
            public void committed(LeaseAnswer answer) {
                exchange.replies().add(() -> answered(answer));
            }

            @Override
            public void refused(Refusal reason, String detail) {
                exchange.replies().add(() -> notDone(reason, detail));
            }
        };
    }

    /** The shard did not take one of them. */
    void busy() {
        notDone(Refusal.BUSY, "the server has too much to do, try again later");
    }

    private void answered(LeaseAnswer answer) {
        if (answer != LeaseAnswer.DONE) {
            worst = answer;
        }
        oneLess();
    }

    private void notDone(Refusal reason, String detail) {
        refusal = reason;
        refusalDetail = detail;
        oneLess();
    }

    private void oneLess() {
        if (--missing > 0) {
            return;
        }
        if (refusal == null) {
            LeaseEndHandler.answer(exchange, worst);
        } else {
            exchange.answer(Refusals.code(refusal), refusalDetail);
        }
    }
}
