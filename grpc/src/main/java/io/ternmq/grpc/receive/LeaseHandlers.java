package io.ternmq.grpc.receive;

import apache.rocketmq.v2.AckMessageEntry;
import apache.rocketmq.v2.AckMessageRequest;
import apache.rocketmq.v2.AckMessageResponse;
import apache.rocketmq.v2.ChangeInvisibleDurationRequest;
import apache.rocketmq.v2.ChangeInvisibleDurationResponse;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.ForwardMessageToDeadLetterQueueRequest;
import apache.rocketmq.v2.ForwardMessageToDeadLetterQueueResponse;
import apache.rocketmq.v2.Resource;
import apache.rocketmq.v2.Status;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.lease.ChangedLease;
import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.broker.lease.LeaseHandle;
import io.ternmq.broker.lease.Leases;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.call.Later;
import io.ternmq.grpc.call.Statuses;
import io.ternmq.grpc.convert.NameRules;
import io.ternmq.grpc.convert.Times;

/** What becomes of messages that were received: done, kept for longer, or given up. Any event loop. */
public final class LeaseHandlers {
    private static final String EXPIRED = "receipt handle is expired";

    private final Leases leases;

    /** @param leases of the shard that has the messages */
    public LeaseHandlers(Leases leases) {
        this.leases = leases;
    }

    /** Ends leases: their messages are done. Each is answered for itself. */
    public void acknowledge(Call<AckMessageResponse> call, AckMessageRequest request) {
        String topic = NameRules.topic(request.getTopic());
        String group = NameRules.group(request.getGroup());
        int count = request.getEntriesCount();
        if (count > ReceiveLimits.ACKNOWLEDGED_COUNT_MAX) {
            throw new CallRefused(
                    Code.BAD_REQUEST,
                    "entries: " + count + " (expected: at most " + ReceiveLimits.ACKNOWLEDGED_COUNT_MAX + ")");
        }
        Acknowledgements all = new Acknowledgements(call, request.getEntriesList());
        for (int i = 0; i < count; i++) {
            AckMessageEntry entry = request.getEntries(i);
            ReceiptHandle handle = ReceiptHandle.decode(entry.getReceiptHandle());
            if (handle == null) {
                all.answered(i, invalid(entry.getReceiptHandle()));
            } else if (!call.loop().submit(leases.acknowledge(handle.lease(group, topic), all.outcome(i)))) {
                all.answered(i, Statuses.of(Code.TOO_MANY_REQUESTS, Statuses.BUSY));
            }
        }
        all.begun();
    }

    /** Gives a lease another deadline: to go on working, or to get the message again by then. */
    public void change(Call<ChangeInvisibleDurationResponse> call, ChangeInvisibleDurationRequest request) {
        LeaseHandle lease = lease(request.getTopic(), request.getGroup(), request.getReceiptHandle());
        ReceiptHandle handle = handle(request.getReceiptHandle());
        long invisibleMs = Math.max(1, ReceiveLimits.invisible(Times.ms(request.getInvisibleDuration()), 0));
        submit(call, leases.change(lease, invisibleMs, new Later<>(call, changed -> answer(call, handle, changed))));
    }

    /** Makes a message a dead letter. */
    public void forward(
            Call<ForwardMessageToDeadLetterQueueResponse> call, ForwardMessageToDeadLetterQueueRequest request) {
        LeaseHandle lease = lease(request.getTopic(), request.getGroup(), request.getReceiptHandle());
        submit(
                call,
                leases.bury(
                        lease,
                        new Later<>(
                                call,
                                answer -> call.answer(ForwardMessageToDeadLetterQueueResponse.newBuilder()
                                        .setStatus(status(answer))
                                        .build()))));
    }

    private static void answer(Call<ChangeInvisibleDurationResponse> call, ReceiptHandle handle, ChangedLease changed) {
        boolean isDone = changed.answer() == LeaseAnswer.DONE && changed.popTimeMs() != 0;
        if (!isDone) {
            call.refuse(Code.INVALID_RECEIPT_HANDLE, EXPIRED);
            return;
        }
        ReceiptHandle renewed =
                new ReceiptHandle(handle.isOfRetryTopic(), handle.queueId(), handle.offset(), changed.popTimeMs());
        call.answer(ChangeInvisibleDurationResponse.newBuilder()
                .setStatus(Statuses.OK)
                .setReceiptHandle(renewed.encode())
                .build());
    }

    static Status status(LeaseAnswer answer) {
        return answer == LeaseAnswer.DONE ? Statuses.OK : Statuses.of(Code.INVALID_RECEIPT_HANDLE, EXPIRED);
    }

    private static void submit(Call<?> call, Command command) {
        if (!call.loop().submit(command)) {
            throw new CallRefused(Code.TOO_MANY_REQUESTS, Statuses.BUSY);
        }
    }

    private static LeaseHandle lease(Resource topicName, Resource groupName, String receiptHandle) {
        String topic = NameRules.topic(topicName);
        String group = NameRules.group(groupName);
        return handle(receiptHandle).lease(group, topic);
    }

    private static ReceiptHandle handle(String text) {
        ReceiptHandle handle = ReceiptHandle.decode(text);
        if (handle == null) {
            throw new CallRefused(Code.INVALID_RECEIPT_HANDLE, invalid(text).getMessage());
        }
        return handle;
    }

    private static Status invalid(String text) {
        return Statuses.of(
                Code.INVALID_RECEIPT_HANDLE, "receipt handle: '" + text + "' (expected: one that came with a message)");
    }
}
