package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.ShardSettings.Flush;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.AppendCommand;
import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.command.AwaitMessages;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.broker.timer.PlaceTimer;
import io.ternmq.broker.timer.RecallTimer;
import io.ternmq.broker.timer.TimerKey;
import io.ternmq.broker.timer.TimerRule;
import io.ternmq.broker.transaction.HalfRule;
import io.ternmq.broker.transaction.TransactionEnd;
import io.ternmq.broker.transaction.TransactionEnd.Verdict;
import io.ternmq.broker.transaction.TransactionSettings;
import io.ternmq.log.LogFailedException;
import io.ternmq.log.LogSettings;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.log.TurnedClock;
import io.ternmq.log.storage.FaultyDisk;
import io.ternmq.log.storage.LogDirectory;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.MessageFields;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordEncoder;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.TagHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A shard whose clock and rounds the test turns; it runs on the test's own thread. */
final class ShardFixture implements AutoCloseable {
    static final HostAddress HOST = HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));

    final TurnedClock clock = new TurnedClock(1_700_000_000_000L);
    final List<String> events = new ArrayList<>();
    private final Folder directory;
    private final LogSettings settings;
    private final ReadScratch scratch = new ReadScratch();
    private final MessageRecordEncoder encoder = new MessageRecordEncoder();
    final List<HalfMessage> questions = new ArrayList<>();
    private Flush flush = Flush.SYNC;
    private TransactionSettings transactions = TransactionSettings.DEFAULT;
    private Shard shard;

    /** @param directory gives the same folder anew for each start */
    ShardFixture(Folder directory) {
        this(directory, LogSettings.defaults());
    }

    /** @param logSettings the log's sizes and bounds; it gets no thread of its own */
    ShardFixture(Folder directory, LogSettings logSettings) {
        this.directory = directory;
        this.settings = logSettings.withoutBackgroundThread(77);
        shard = open();
    }

    Shard shard() {
        return shard;
    }

    ShardFixture flushing(Flush newFlush) {
        flush = newFlush;
        restart();
        return this;
    }

    ShardFixture with(TransactionSettings newTransactions) {
        transactions = newTransactions;
        restart();
        return this;
    }

    private Shard open() {
        ShardSettings shardSettings = ShardSettings.of(settings, flush).withTransactions(transactions);
        try {
            Shard opened = Shard.open(shardSettings, directory.open(), clock, clock, new Events());
            opened.transactions().askThrough(questions::add);
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void restart() {
        shard.close();
        shard = open();
    }

    /** Opens it anew after the disk has taken its process away. */
    void reopenAfterCrash() {
        try {
            shard.close();
        } catch (UncheckedIOException | LogFailedException e) {
            events.add("died: " + e.getMessage());
        }
        shard = open();
    }

    /** Stops it cleanly. */
    void stop() {
        shard.close();
    }

    /** Stops it cleanly, unless the disk is about to fail. */
    void stop(FaultyDisk disk) {
        if (disk.failureIsDue()) {
            disk.kill();
        } else {
            stop();
        }
    }

    /** A power cut, a kill or a clean stop, and another start. */
    void endLife(Random random, FaultyDisk disk) {
        switch (random.nextInt(3)) {
            case 0 -> disk.crash();
            case 1 -> disk.kill();
            default -> stop(disk);
        }
        reopenAfterCrash();
        work();
    }

    /** Stops it, cleanly if the disk lets it. */
    void stopQuietly() {
        try {
            shard.close();
        } catch (UncheckedIOException | LogFailedException e) {
            events.add("stopped: " + e.getMessage());
        }
    }

    /** Whether the shard has nothing that it could not write or force, after {@link #maintain}. */
    boolean isForced() {
        Answer<Long> answer = tell(outcome -> StateCommands.locateHalfMessage(0, outcome));
        return answer.refusal == null;
    }

    /** Lets the log do its background work, all there is. */
    void maintain() {
        for (int rounds = 0; shard.maintain(); rounds++) {
            assertThat(rounds).as("rounds of background work").isLessThan(10_000);
        }
    }

    /** Rounds until there is nothing to do. */
    void work() {
        for (int rounds = 0; shard.doWork() > 0; rounds++) {
            assertThat(rounds).as("rounds until the shard rests").isLessThan(10_000);
        }
    }

    void advance(long millis) {
        clock.advance(millis);
        work();
    }

    Topic topic(String name, int queues) {
        return ask(outcome -> StateCommands.putTopic(TopicConfig.of(name, queues), outcome));
    }

    /** Makes a topic, or changes it to be one, of which retention keeps what the policy says. */
    Topic topic(String name, int queues, String cleanupPolicy) {
        Map<String, String> attributes = Map.of("cleanup.policy", cleanupPolicy);
        int permission = TopicConfig.of(name, queues).permission();
        return ask(outcome ->
                StateCommands.putTopic(new TopicConfig(name, queues, queues, permission, false, attributes), outcome));
    }

    /** @return the command's answer; fails when it was refused */
    <T> T ask(Function<Outcome<T>, Command> command) {
        Answer<T> answer = tell(command);
        assertThat(answer.refusal).as(answer.detail).isNull();
        return Objects.requireNonNull(answer.result);
    }

    <T> Answer<T> tell(Function<Outcome<T>, Command> command) {
        Answer<T> answer = new Answer<>();
        assertThat(shard.submit(command.apply(answer))).isTrue();
        work();
        return answer;
    }

    Sent send(String topic, int queueId, String body, Map<String, String> properties) {
        Topic known = Objects.requireNonNull(shard.catalog().topic(topic), topic);
        Sent sent = new Sent(known.queueNo(queueId), message(topic, queueId, body, properties));
        assertThat(shard.submit(sent)).isTrue();
        return sent;
    }

    /** Sends a half message of the group 'producers'. */
    Sent prepare(String topic, int queueId, String body, Map<String, String> properties) {
        Map<String, String> noted = new LinkedHashMap<>(properties);
        noted.put(PropertyNames.TRANSACTION_PREPARED, "true");
        HalfRule.prepare(noted, topic, queueId, "producers");
        Topic half = Objects.requireNonNull(shard.catalog().topic(Names.HALF_TOPIC));
        Sent sent = new Sent(
                shard.transactions().prepare(noted), half.queueNo(0), message(Names.HALF_TOPIC, 0, body, noted));
        assertThat(shard.submit(sent)).isTrue();
        work();
        return sent;
    }

    Sent prepare(String topic, String body) {
        return prepare(topic, 0, body, Map.of());
    }

    Answer<TransactionEnd> end(Sent half, Verdict verdict) {
        EncodedMessage message = half.message(0);
        TransactionEnd end = new TransactionEnd(message.position(), message.queueOffset(), "producers", verdict);
        return tell(outcome -> shard.transactions().end(end, outcome));
    }

    /** Sends a message that is its own unique key, to come at a time. */
    Sent sendTimed(String topic, int queueId, String body, long dueMs) {
        return sendTimed(topic, queueId, body, dueMs, Map.of());
    }

    Sent sendTimed(String topic, int queueId, String body, long dueMs, Map<String, String> more) {
        Topic known = Objects.requireNonNull(shard.catalog().topic(topic), topic);
        Map<String, String> properties = new HashMap<>(more);
        properties.put(PropertyNames.UNIQUE_KEY, body);
        TimerRule.note(properties, topic, queueId, dueMs);
        Sent sent = new Sent(
                new PlaceTimer(new TimerKey(topic, body, dueMs)),
                known.queueNo(queueId),
                message(Names.TIMER_TOPIC, 0, body, properties));
        assertThat(shard.submit(sent)).isTrue();
        return sent;
    }

    /** @return how many timers are cancelled by it */
    int recall(String topic, String body, long dueMs) {
        return this.<Integer>ask(outcome -> recallCommand(topic, body, dueMs, outcome));
    }

    Command recallCommand(String topic, String body, long dueMs, Outcome<Integer> outcome) {
        return new RecallTimer(shard.reader(), shard.queues(), new TimerKey(topic, body, dueMs), outcome);
    }

    /** @return how many timers wait, by topic */
    Map<String, Long> pendingTimers() {
        return ask(StateCommands::countTimers);
    }

    Sent send(String topic, String body) {
        Sent sent = send(topic, 0, body, Map.of());
        work();
        return sent;
    }

    /** @return a message without properties, born at the beginning of time */
    static EncodedMessage encode(String topic, int queueId, String body) {
        return encode(new MessageRecordEncoder(), topic, queueId, body, Map.of());
    }

    EncodedMessage message(String topic, int queueId, String body, Map<String, String> properties) {
        return encode(encoder, topic, queueId, body, properties);
    }

    private static EncodedMessage encode(
            MessageRecordEncoder encoder, String topic, int queueId, String body, Map<String, String> properties) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        MessageFields fields = new MessageFields()
                .clear()
                .topic(topic.getBytes(StandardCharsets.UTF_8))
                .queueId(queueId)
                .bornHost(HOST)
                .storeHost(HOST)
                .body(new UnsafeBuffer(bytes), 0, bytes.length)
                .properties(MessageProperties.format(properties));
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[encoder.encodedLength(fields)]);
        encoder.encode(fields, buffer, 0);
        return new EncodedMessage(buffer, 0, buffer.capacity(), TagHash.of(properties.get(PropertyNames.TAGS)));
    }

    List<String> read(String topic, int queueId) {
        return read(topic, queueId, record -> new String(record.body(), StandardCharsets.UTF_8));
    }

    <T> List<T> read(String topic, int queueId, Function<MessageRecord, T> part) {
        return readFrom(topic, queueId, 0, part);
    }

    /** @return the bodies of all messages from an offset on, or from the first there is */
    List<String> readFrom(String topic, int queueId, long fromOffset) {
        return readFrom(topic, queueId, fromOffset, record -> new String(record.body(), StandardCharsets.UTF_8));
    }

    private <T> List<T> readFrom(String topic, int queueId, long fromOffset, Function<MessageRecord, T> part) {
        List<T> parts = new ArrayList<>();
        MessageRecord record = new MessageRecord();
        int queueNo =
                Objects.requireNonNull(shard.catalog().topic(topic), topic).queueNo(queueId);
        ReadLimits limits = new ReadLimits(1000, 1 << 20, 1000);
        ReadResult result =
                new ReadResult(Math.max(fromOffset, shard.queues().minOffset(queueNo)), 0, 0, 0, ReadResult.End.LIMIT);
        while (result.end() == ReadResult.End.LIMIT) {
            result = shard.reader()
                    .read(
                            queueNo,
                            result.nextOffset(),
                            limits,
                            TagFilter.ALL,
                            (buffer, index, length, offset) -> {
                                record.wrap(buffer, index, length);
                                assertThat(record.queueOffset()).isEqualTo(offset);
                                assertThat(record.topic()).isEqualTo(topic);
                                parts.add(part.apply(record));
                                return true;
                            },
                            scratch);
        }
        return parts;
    }

    List<String> read(String topic) {
        return read(topic, 0);
    }

    Waiting await(String topic, long offset, long forMs) {
        int queueNo =
                Objects.requireNonNull(shard.catalog().topic(topic), topic).queueNo(0);
        Waiting waiting = new Waiting(queueNo, offset, clock.time() + forMs);
        assertThat(shard.submit(waiting)).isTrue();
        work();
        return waiting;
    }

    @Override
    public void close() {
        shard.close();
        scratch.close();
    }

    /** Opens the shard's folder. */
    @FunctionalInterface
    interface Folder {
        LogDirectory open() throws IOException;
    }

    private final class Events implements ShardListener {
        @Override
        public void delayedMessageDropped(String topic, int queueId) {
            events.add("dropped " + topic + "/" + queueId);
        }

        @Override
        public void halfMessageLost(long position, String producerGroup) {
            events.add("lost half message of " + producerGroup);
        }

        @Override
        public void timeAhead(long aheadMs) {
            events.add("time is ahead by " + aheadMs);
        }

        @Override
        public void retentionHeld(long bytes) {
            events.add("retention held");
        }

        @Override
        public void shardStopped(Throwable cause) {
            events.add("stopped: " + cause.getMessage());
        }
    }

    static final class Answer<T> implements Outcome<T> {
        @Nullable
        T result;

        @Nullable
        Refusal refusal;

        String detail = "";

        @Override
        public void committed(T committed) {
            result = committed;
        }

        @Override
        public void refused(Refusal why, String what) {
            refusal = why;
            detail = what;
        }
    }

    static final class Sent extends AppendCommand {
        boolean stored;

        @Nullable
        Refusal refusal;

        Sent(int queueNo, EncodedMessage... messages) {
            super(queueNo, messages);
        }

        Sent(AppendRule rule, int queueNo, EncodedMessage... messages) {
            super(rule, queueNo, messages);
        }

        @Override
        protected void committed() {
            stored = true;
        }

        @Override
        protected void refused(Refusal reason, String detail) {
            refusal = reason;
        }
    }

    static final class Waiting extends AwaitMessages {
        int wakeUps;

        Waiting(int queueNo, long offset, long deadlineMs) {
            super(queueNo, offset, null, deadlineMs);
        }

        @Override
        public boolean isAbandoned() {
            return false;
        }

        @Override
        protected void committed() {
            wakeUps++;
        }

        @Override
        protected void refused(Refusal reason, String detail) {}
    }
}
