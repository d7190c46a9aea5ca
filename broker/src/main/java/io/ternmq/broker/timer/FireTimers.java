package io.ternmq.broker.timer;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.copy.MessageCopier;
import io.ternmq.broker.record.TimersFired;
import io.ternmq.broker.record.TimersFired.TopicCount;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** Delivers the current second's timers that are due, in their order, and notes how far it has come: both or neither. */
final class FireTimers extends Command {
    private final TimedDelivery delivery;
    private final int slot;
    private final MessageRecord record = new MessageRecord();
    private final MessageCopier copier = new MessageCopier();
    private final Map<String, Integer> counts = new TreeMap<>();
    private long bytes;

    FireTimers(TimedDelivery delivery, int slot) {
        this.delivery = delivery;
        this.slot = slot;
    }

    @Override
    public void decide(Decision decision) {
        SlotOrder order = delivery.order();
        int queueNo = delivery.queueNo(slot);
        long dueMs = 0;
        long offset = -1;
        for (int count = 0; count < SlotMessages.COUNT_MAX && bytes < SlotMessages.BYTES_MAX; count++) {
            if (!order.hasNext() || order.nextMs() > decision.nowMs()) {
                break;
            }
            dueMs = order.nextMs();
            offset = order.nextOffset();
            if (!decision.state().timers().isCancelled(slot, offset)) {
                delivery.messages().readOne(queueNo, offset, (buffer, index, length, at) -> {
                    deliver(decision, buffer, index, length);
                    return true;
                });
            }
            order.pass();
        }
        if (offset >= 0) {
            List<TopicCount> topics = counts.entrySet().stream()
                    .map(row -> new TopicCount(row.getKey(), row.getValue()))
                    .toList();
            decision.append(new TimersFired(dueMs, offset, topics));
        }
    }

    private void deliver(Decision decision, DirectBuffer buffer, int index, int length) {
        record.wrap(buffer, index, length);
        bytes += length;
        Map<String, String> properties = MessageCopier.properties(record);
        String topicName = properties.getOrDefault(PropertyNames.REAL_TOPIC, "");
        int queueId = (int) TimerRule.stored(properties.get(PropertyNames.REAL_QUEUE_ID), -1);
        counts.merge(topicName, 1, Integer::sum);
        Topic topic = decision.state().topics().get(topicName);
        if (topic == null || !topic.hasQueue(queueId)) {
            delivery.dropped(topicName, queueId);
            return;
        }
        TimerRule.unnote(properties);
        MessageCopier.Changes changes =
                new MessageCopier.Changes(topicName, queueId, record.reconsumeTimes(), properties);
        decision.append(copier.copyInAnyCase(record, changes), topic.queueNo(queueId));
    }

    @Override
    protected void committed() {}

    /** Only when the shard stops: the next start has the timers as they were. */
    @Override
    protected void refused(Refusal reason, String detail) {}
}
