package io.ternmq.grpc.receive;

import apache.rocketmq.v2.AckMessageEntry;
import apache.rocketmq.v2.AckMessageResponse;
import apache.rocketmq.v2.AckMessageResultEntry;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Status;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.Statuses;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Answers one request to acknowledge once all that it names was answered. Filled by shard and event loop. */
final class Acknowledgements implements Completion {
    private final Call<AckMessageResponse> call;
    private final List<AckMessageEntry> entries;
    private final AtomicReferenceArray<Status> statuses;
    private final AtomicInteger missing;

    Acknowledgements(Call<AckMessageResponse> call, List<AckMessageEntry> entries) {
        this.call = call;
        this.entries = entries;
        this.statuses = new AtomicReferenceArray<>(entries.size());
        this.missing = new AtomicInteger(entries.size() + 1); // one until all are asked for
    }

    /** Event loop: answers one without the shard. */
    void answered(int i, Status status) {
        statuses.set(i, status);
        missing.decrementAndGet();
    }

    /** Event loop: everything is asked for. */
    void begun() {
        if (missing.decrementAndGet() == 0) {
            finish();
        }
    }

    Outcome<LeaseAnswer> outcome(int i) {
        return new Outcome<>() {
            @Override
            public void committed(LeaseAnswer answer) {
                answeredByShard(i, LeaseHandlers.status(answer));
            }

            @Override
            public void refused(Refusal refusal, String detail) {
                answeredByShard(i, Statuses.of(Statuses.code(refusal), detail));
            }
        };
    }

    private void answeredByShard(int i, Status status) {
        statuses.set(i, status);
        if (missing.decrementAndGet() == 0) {
            call.loop().replies().add(this);
        }
    }

    @Override
    public void failed() {
        call.fail();
    }

    @Override
    public void finish() {
        AckMessageResponse.Builder answer = AckMessageResponse.newBuilder();
        Code common = null;
        boolean several = false;
        for (int i = 0; i < entries.size(); i++) {
            Status status = statuses.get(i);
            several |= common != null && common != status.getCode();
            common = status.getCode();
            answer.addEntries(AckMessageResultEntry.newBuilder()
                    .setMessageId(entries.get(i).getMessageId())
                    .setReceiptHandle(entries.get(i).getReceiptHandle())
                    .setStatus(status));
        }
        if (common == null) {
            call.refuse(Code.INTERNAL_SERVER_ERROR, "ack message result is empty");
            return;
        }
        Code code = several ? Code.MULTIPLE_RESULTS : common;
        call.answer(answer.setStatus(Statuses.of(code, code.name())).build());
    }
}
