package io.ternmq.grpc.send;

import apache.rocketmq.v2.SendMessageResponse;
import apache.rocketmq.v2.SendResultEntry;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.AppendCommand;
import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.traffic.Traffic;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.Statuses;
import io.ternmq.grpc.convert.TransactionId;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Messages on their way into one queue, and the answer to who sent them. */
final class SendCommand extends AppendCommand implements Completion {
    private final Call<SendMessageResponse> call;
    private final Traffic traffic;
    private final String topic;
    private final String recallHandle;
    private final boolean isHalf;
    private @Nullable Refusal refusal;
    private String refusalDetail = "";

    private SendCommand(
            Call<SendMessageResponse> call,
            Traffic traffic,
            AppendRule rule,
            Destination to,
            String recallHandle,
            boolean isHalf,
            EncodedMessage... messages) {
        super(rule, to.queueNo(), messages);
        this.call = call;
        this.traffic = traffic;
        this.topic = to.topic().name();
        this.recallHandle = recallHandle;
        this.isHalf = isHalf;
    }

    /** Messages for a queue. */
    SendCommand(
            Call<SendMessageResponse> call,
            Traffic traffic,
            AppendRule rule,
            Destination to,
            EncodedMessage... messages) {
        this(call, traffic, rule, to, "", false, messages);
    }

    /** A message that waits for its time; it counts for the topic that it goes to then. */
    static SendCommand timed(
            Call<SendMessageResponse> call,
            Traffic traffic,
            AppendRule rule,
            Destination to,
            EncodedMessage message,
            String recallHandle) {
        return new SendCommand(call, traffic, rule, to, recallHandle, false, message);
    }

    /** A message that waits for what its producer decides. */
    static SendCommand half(
            Call<SendMessageResponse> call,
            Traffic traffic,
            AppendRule rule,
            Destination waiting,
            EncodedMessage message) {
        return new SendCommand(call, traffic, rule, waiting, "", true, message);
    }

    @Override
    protected void committed() {
        call.loop().replies().add(this);
    }

    @Override
    protected void refused(Refusal reason, String detail) {
        refusal = reason;
        refusalDetail = detail;
        call.loop().replies().add(this);
    }

    @Override
    public void finish() {
        if (refusal != null) {
            call.refuse(Statuses.code(refusal), refusalDetail);
            return;
        }
        traffic.sent(topic, count(), heldBytes());
        SendMessageResponse.Builder answer = SendMessageResponse.newBuilder().setStatus(Statuses.OK);
        for (int i = 0; i < count(); i++) {
            answer.addEntries(entry(message(i)));
        }
        call.answer(answer.build());
    }

    private SendResultEntry entry(EncodedMessage message) {
        MessageRecord record = new MessageRecord().wrap(message.buffer(), message.index(), message.length());
        SendResultEntry.Builder entry = SendResultEntry.newBuilder()
                .setStatus(Statuses.OK)
                .setMessageId(Objects.requireNonNullElse(record.property(PropertyNames.UNIQUE_KEY), ""))
                .setOffset(message.queueOffset())
                .setRecallHandle(recallHandle);
        if (isHalf) {
            entry.setTransactionId(new TransactionId(message.position(), message.queueOffset()).encode());
        }
        return entry.build();
    }
}
