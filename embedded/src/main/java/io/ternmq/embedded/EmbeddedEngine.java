package io.ternmq.embedded;

import io.ternmq.InvalidRequestException;
import io.ternmq.Lag;
import io.ternmq.Partition;
import io.ternmq.RecallResult;
import io.ternmq.SendReceipt;
import io.ternmq.UnsupportedException;
import io.ternmq.broker.Shard;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.broker.timer.DeliveredTimers;
import io.ternmq.broker.timer.RecallTimer;
import io.ternmq.broker.timer.TimerKey;
import io.ternmq.embedded.message.SentProperties;
import io.ternmq.embedded.message.StoredMessages;
import io.ternmq.engine.Engine;
import io.ternmq.engine.EngineAdmin;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.HalfMessage;
import io.ternmq.engine.MemberTerms;
import io.ternmq.engine.OffsetRange;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.engine.ReadAnswer;
import io.ternmq.engine.ReadRequest;
import io.ternmq.engine.StoredMessage;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.runtime.CallbackThread;
import io.ternmq.spi.OpenOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A shard in this process. Thread-safe. */
final class EmbeddedEngine implements Engine {

    private static final String FIRST_INSTANCE = "member";

    private final ShardAccess access;
    private final EmbeddedTime time;
    private final OpenOptions options;
    private final ReaderThreads readers = new ReaderThreads();
    private final Executor callbacks;

    /** Goes on where a topic was made. A thread of its own: a callback may wait for it. */
    private final CallbackThread made = new CallbackThread("ternmq-made");

    private final PresentMembers present = new PresentMembers();
    private final StoredMessages stored = new StoredMessages(Topics.BROKER);
    private final AtomicInteger memberNumber = new AtomicInteger();
    private final Topics topics;
    private final Sending sending;
    private final Reads reads;
    private final Requests requests;
    private final EmbeddedTransactions transactions;
    private final AtomicBoolean closed = new AtomicBoolean();

    EmbeddedEngine(ShardAccess access, EmbeddedSettings settings, OpenOptions options, EmbeddedTime time) {
        this.access = access;
        this.callbacks = access::callBack;
        this.time = time;
        this.options = options;
        this.topics = new Topics(access, settings.partitions(), made);
        this.sending = new Sending(access, topics);
        this.reads = new Reads(access, readers, stored);
        this.requests = new Requests(time);
        this.transactions = new EmbeddedTransactions(access, sending, topics, readers, stored, options);
        access.shard().start();
        time.attach(this::lookAtTheClock);
    }

    /** Returns when the shard has done what is due, and what that handed out has been read. */
    private void lookAtTheClock() {
        awaitRound(); // perhaps one that began before
        awaitRound();
        readers.settle();
    }

    private void awaitRound() {
        access.<Boolean>ask(outcome -> StateCommands.readProgress(progress -> true, outcome))
                .join();
    }

    @Override
    public InstantSource clock() {
        return () -> Instant.ofEpochMilli(time.clock().time());
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        return time.schedule(delay, task);
    }

    @Override
    public Executor callbacks() {
        return callbacks;
    }

    @Override
    public CompletableFuture<List<Partition>> writable(String topic) {
        return topics.writable(topic);
    }

    @Override
    public CompletableFuture<List<Partition>> readable(String topic) {
        return Promised.of(() -> CompletableFuture.completedFuture(topics.readable(topic)));
    }

    @Override
    public CompletableFuture<SendReceipt> send(Partition partition, OutgoingMessage message) {
        return Promised.of(() -> sending.send(partition, message));
    }

    @Override
    public CompletableFuture<List<SendReceipt>> send(Partition partition, List<OutgoingMessage> messages) {
        return Promised.of(() -> sending.send(partition, messages));
    }

    @Override
    public void sendOneWay(Partition partition, OutgoingMessage message) {
        CompletableFuture<SendReceipt> unused = send(partition, message);
    }

    @Override
    public CompletableFuture<HalfMessage> prepare(Partition partition, OutgoingMessage message) {
        return Promised.of(() -> transactions.prepare(partition, message));
    }

    @Override
    public CompletableFuture<StoredMessage> request(Partition partition, OutgoingMessage message, Duration timeout) {
        return Promised.of(() -> requested(partition, message, timeout));
    }

    private CompletableFuture<StoredMessage> requested(Partition partition, OutgoingMessage message, Duration timeout) {
        if (message.message().isDelayed()) {
            throw new InvalidRequestException("message: delayed (expected: a request is sent at once)");
        }
        int queueNo = sending.queueNo(partition);
        Map<String, String> properties = SentProperties.of(message);
        properties.put(PropertyNames.CORRELATION_ID, message.id());
        EncodedMessage[] record = {
            sending.draft().noted(message, partition, access.shard().timeMs(), properties)
        };
        CompletableFuture<StoredMessage> answer = requests.waitFor(message.id(), timeout);
        CompletableFuture<Boolean> unused = sending.store(AppendRule.NONE, queueNo, record, done -> true)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        requests.fail(message.id(), failure);
                    }
                });
        return answer;
    }

    @Override
    public CompletableFuture<Void> reply(StoredMessage request, byte[] body) {
        return Promised.of(() -> {
            requests.answer(request, body, clock().instant());
            return CompletableFuture.completedFuture(null);
        });
    }

    @Override
    public CompletableFuture<RecallResult> recall(String topic, String handle) {
        return Promised.of(() -> recalled(RecallHandles.parse(topic, handle)));
    }

    private CompletableFuture<RecallResult> recalled(TimerKey key) {
        Shard shard = access.shard();
        return access.<Integer>ask(outcome -> new RecallTimer(shard.reader(), shard.queues(), key, outcome))
                .thenCompose(count -> count > 0
                        ? CompletableFuture.completedFuture(RecallResult.CANCELLED)
                        : deliveredOrUnknown(key));
    }

    private CompletableFuture<RecallResult> deliveredOrUnknown(TimerKey key) {
        CompletableFuture<RecallResult> result = new CompletableFuture<>();
        readers.read(
                result,
                scratch -> new DeliveredTimers(
                                        access.shard().keys(), access.shard().reader())
                                .contains(key, scratch)
                        ? RecallResult.DELIVERED
                        : RecallResult.UNKNOWN);
        return result;
    }

    @Override
    public CompletableFuture<GroupMember> join(MemberTerms terms, Runnable events) {
        return Promised.of(() -> joined(terms, events));
    }

    private CompletableFuture<GroupMember> joined(MemberTerms terms, Runnable events) {
        if (terms.mode() == MemberTerms.Mode.PARTITIONED) {
            throw new UnsupportedException(
                    "group '" + terms.group() + "': partitions shared out among members (expected:"
                            + " leased messages, so no allocate(); ordered() where messages depend on one another)");
        }
        String instance = options.instance().isEmpty() ? FIRST_INSTANCE : options.instance();
        EmbeddedMember member = new EmbeddedMember(
                instance + '-' + memberNumber.incrementAndGet(),
                terms,
                new EmbeddedMember.Parts(access, readers, present, stored));
        List<CompletableFuture<?>> making = new ArrayList<>();
        making.add(topics.madeGroup(terms.group()));
        terms.topics().keySet().forEach(topic -> making.add(topics.made(topic)));
        return CompletableFuture.allOf(making.toArray(CompletableFuture<?>[]::new))
                .thenApply(made -> {
                    present.joined(terms.group(), member, events);
                    return member;
                });
    }

    @Override
    public CompletableFuture<ReadAnswer> read(ReadRequest request) {
        return Promised.of(() -> reads.read(request, topics.get(request.partition())));
    }

    @Override
    public CompletableFuture<OffsetRange> range(Partition partition) {
        return Promised.of(() -> CompletableFuture.completedFuture(reads.range(topics.get(partition), partition.id())));
    }

    @Override
    public CompletableFuture<Long> offsetAt(Partition partition, Instant at) {
        return Promised.of(() -> {
            int queueNo = sending.queueNo(partition);
            CompletableFuture<Long> offset = new CompletableFuture<>();
            readers.read(offset, scratch -> access.shard().reader().offsetOfTime(queueNo, at.toEpochMilli(), scratch));
            return offset;
        });
    }

    @Override
    public CompletableFuture<OptionalLong> committed(String group, Partition partition) {
        return access.<Long>ask(outcome -> StateCommands.readProgress(
                        progress -> progress.get(group, partition.topic(), partition.id()), outcome))
                .thenApply(offset -> offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset));
    }

    @Override
    public CompletableFuture<Void> commit(String group, Map<Partition, Long> offsets) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        all.add(topics.madeGroup(group));
        offsets.forEach((partition, offset) ->
                all.add(access.<CommittedOffset>ask(outcome -> StateCommands.commitOffset(
                        new CommittedOffset(group, partition.topic(), partition.id(), offset), outcome))));
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public CompletableFuture<Lag> lag(String group, String topicName) {
        Topic topic = topics.find(topicName);
        return topic == null || access.shard().catalog().group(group) == null
                ? CompletableFuture.completedFuture(Lag.NONE)
                : new GroupLag(access, readers, group).of(topic);
    }

    @Override
    public EngineAdmin admin() {
        return new EmbeddedAdmin(access, readers, reads);
    }

    /** Waits for all that runs; but called by one of the queue's own threads it returns before. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (access.mustNotWait()) {
            new Thread(this::closeAll, "ternmq-closing").start();
        } else {
            closeAll();
        }
    }

    /** The last first, and each whatever becomes of the others. */
    private void closeAll() {
        try (made;
                access;
                readers;
                transactions;
                requests) {
            time.close();
        }
    }
}
