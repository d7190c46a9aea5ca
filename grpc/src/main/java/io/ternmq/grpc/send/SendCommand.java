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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages on their way into one queue, and the answer to who sent them. */
final class SendCommand extends AppendCommand implements Completion {
    private final Asked asked;
    private final String topic;
    private final String recallHandle;
    private final boolean isHalf;
    private @Nullable Refusal refusal;
    private String refusalDetail = "";

    /**
     * What is to be answered.
     *
     * @param traffic counts what was sent
     * @param pace holds the connection to its rate
     * @param ids of the messages, as their sender named them
     */
    record Asked(Call<SendMessageResponse> call, Traffic traffic, SendPace pace, List<String> ids) {}

    private SendCommand(
            Asked asked,
            AppendRule rule,
            Destination to,
            String recallHandle,
            boolean isHalf,
            EncodedMessage... messages) {
        super(rule, to.queueNo(), messages);
        this.asked = asked;
        this.topic = to.topic().name();
        this.recallHandle = recallHandle;
        this.isHalf = isHalf;
    }

    /** Messages for a queue. */
    SendCommand(Asked asked, AppendRule rule, Destination to, EncodedMessage... messages) {
        this(asked, rule, to, "", false, messages);
    }

    /** A message that waits for its time; it counts for the topic that it goes to then. */
    static SendCommand timed(
            Asked asked, AppendRule rule, Destination to, EncodedMessage message, String recallHandle) {
        return new SendCommand(asked, rule, to, recallHandle, false, message);
    }

    /** A message that waits for what its producer decides. */
    static SendCommand half(Asked asked, AppendRule rule, Destination waiting, EncodedMessage message) {
        return new SendCommand(asked, rule, waiting, "", true, message);
    }

    @Override
    protected void committed() {
        asked.call().loop().replies().add(this);
    }

    @Override
    protected void refused(Refusal reason, String detail) {
        refusal = reason;
        refusalDetail = detail;
        asked.call().loop().replies().add(this);
    }

    @Override
    public void failed() {
        asked.call().fail();
    }

    @Override
    public void finish() {
        if (refusal != null) {
            asked.call().refuse(Statuses.code(refusal), refusalDetail);
            return;
        }
        asked.traffic().sent(topic, count(), heldBytes());
        SendMessageResponse.Builder answer = SendMessageResponse.newBuilder().setStatus(Statuses.OK);
        for (int i = 0; i < count(); i++) {
            answer.addEntries(entry(asked.ids().get(i), message(i)));
        }
        asked.pace().answer(asked.call(), answer.build());
    }

    private SendResultEntry entry(String id, EncodedMessage message) {
        SendResultEntry.Builder entry = SendResultEntry.newBuilder()
                .setStatus(Statuses.OK)
                .setMessageId(id)
                .setOffset(message.queueOffset())
                .setRecallHandle(recallHandle);
        if (isHalf) {
            entry.setTransactionId(new TransactionId(message.position(), message.queueOffset()).encode());
        }
        return entry.build();
    }
}
