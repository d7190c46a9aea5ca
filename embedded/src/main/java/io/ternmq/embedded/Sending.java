package io.ternmq.embedded;

import io.ternmq.InvalidRequestException;
import io.ternmq.Message;
import io.ternmq.Partition;
import io.ternmq.SendReceipt;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.timer.PlaceTimer;
import io.ternmq.broker.timer.TimerKey;
import io.ternmq.broker.timer.TimerRule;
import io.ternmq.embedded.message.RecordDraft;
import io.ternmq.embedded.message.SentProperties;
import io.ternmq.engine.OutgoingMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Stores messages. Records are encoded on the callers' threads, which get what is wrong with a message thrown at them. Thread-safe.
 */
final class Sending {

    private final ShardAccess access;
    private final Topics topics;

    // what an encoder needs besides, once for each thread that sends
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<RecordDraft> drafts = ThreadLocal.withInitial(RecordDraft::new);

    Sending(ShardAccess access, Topics topics) {
        this.access = access;
        this.topics = topics;
    }

    CompletableFuture<SendReceipt> send(Partition partition, OutgoingMessage message) {
        long nowMs = access.shard().timeMs();
        if (message.message().isDelayed()) {
            long dueMs = dueMs(message.message(), nowMs);
            if (dueMs > nowMs) {
                return sendLater(partition, message, nowMs, dueMs);
            }
        }
        Topic topic = topics.get(partition);
        EncodedMessage[] record = {record(topic, partition, message, nowMs)};
        return store(
                AppendRule.NONE,
                topic.queueNo(partition.id()),
                record,
                stored -> new SendReceipt(message.id(), partition, stored[0].queueOffset(), Optional.empty()));
    }

    CompletableFuture<List<SendReceipt>> send(Partition partition, List<OutgoingMessage> messages) {
        long nowMs = access.shard().timeMs();
        Topic topic = topics.get(partition);
        EncodedMessage[] records = new EncodedMessage[messages.size()];
        for (int i = 0; i < records.length; i++) {
            records[i] = record(topic, partition, messages.get(i), nowMs);
        }
        return store(
                AppendRule.NONE,
                topic.queueNo(partition.id()),
                records,
                stored -> receipts(partition, messages, stored));
    }

    /** What takes time is done here, on the caller's thread. */
    private EncodedMessage record(Topic topic, Partition partition, OutgoingMessage message, long nowMs) {
        EncodedMessage record = draft().of(message, partition.id(), nowMs);
        if (topic.isCompacted()) {
            record.findKeyIn(topic.queueNo(partition.id()));
        }
        return record;
    }

    private static List<SendReceipt> receipts(
            Partition partition, List<OutgoingMessage> messages, EncodedMessage[] stored) {
        List<SendReceipt> receipts = new ArrayList<>(stored.length);
        for (int i = 0; i < stored.length; i++) {
            receipts.add(new SendReceipt(messages.get(i).id(), partition, stored[i].queueOffset(), Optional.empty()));
        }
        return receipts;
    }

    private CompletableFuture<SendReceipt> sendLater(
            Partition partition, OutgoingMessage message, long nowMs, long dueMs) {
        if (dueMs - nowMs > TimerRule.DELAY_MS_MAX) {
            throw new InvalidRequestException(
                    "deliverAt: " + Instant.ofEpochMilli(dueMs) + " (expected: at most ten years from now)");
        }
        Map<String, String> noted = SentProperties.of(message);
        TimerRule.note(noted, partition.topic(), partition.id(), dueMs);
        TimerKey key = new TimerKey(partition.topic(), message.id(), dueMs);
        EncodedMessage[] record = {draft().noted(message, own(Names.TIMER_TOPIC), nowMs, noted)};
        Optional<String> handle = Optional.of(RecallHandles.of(key));
        return store(
                new PlaceTimer(key),
                queueNo(partition),
                record,
                stored -> new SendReceipt(message.id(), partition, stored[0].queueOffset(), handle));
    }

    /** Stores records that are whole. */
    <T> CompletableFuture<T> store(
            AppendRule rule, int queueNo, EncodedMessage[] records, Function<EncodedMessage[], T> result) {
        StoreMessages<T> command = new StoreMessages<>(rule, queueNo, records, result);
        access.submit(command, command.stored());
        return command.stored();
    }

    RecordDraft draft() {
        return drafts.get();
    }

    int queueNo(Partition partition) {
        Topic topic = topics.get(partition);
        return topic.queueNo(partition.id());
    }

    /** The one queue of a topic of the shard's own. */
    static Partition own(String topic) {
        return new Partition(topic, Topics.BROKER, 0);
    }

    private long dueMs(Message message, long nowMs) {
        return message.delay()
                .map(delay -> nowMs + delay.toMillis())
                .or(() -> message.deliverAt().map(moment -> access.shard().timeAtMs(moment.toEpochMilli())))
                .orElse(nowMs);
    }
}
