package io.ternmq.client;

import io.ternmq.BusyException;
import io.ternmq.Lag;
import io.ternmq.Partition;
import io.ternmq.RecallResult;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQException;
import io.ternmq.TransactionChecker.Decision;
import io.ternmq.client.admin.ServerAdmin;
import io.ternmq.client.lease.KnownServers;
import io.ternmq.client.lease.LeaseTerms;
import io.ternmq.client.lease.Leasing;
import io.ternmq.client.member.Presence;
import io.ternmq.client.member.Resets;
import io.ternmq.client.message.Bodies;
import io.ternmq.client.offset.Lags;
import io.ternmq.client.offset.Offsets;
import io.ternmq.client.offset.Reading;
import io.ternmq.client.reply.Replies;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.Routes;
import io.ternmq.client.send.Recalls;
import io.ternmq.client.send.SendTerms;
import io.ternmq.client.send.Sender;
import io.ternmq.client.transaction.Decisions;
import io.ternmq.client.transaction.Questions;
import io.ternmq.client.wire.ConnectionSettings;
import io.ternmq.client.wire.Connections;
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
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.runtime.CallbackThread;
import io.ternmq.spi.OpenOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/** Moves messages to and from servers. Everything it does is done by the packages beside it; here it is put together. */
final class ServerEngine implements Engine {

    private final EpochClock clock;
    private final NanoClock nanoClock;
    private final long timeoutMs;
    private final Connections connections;
    private final Routes routes;
    private final Presence presence;
    private final Resets resets;
    private final Sender sender;
    private final Decisions decisions;
    private final Replies replies;
    private final Recalls recalls;
    private final Reading reading;
    private final Offsets offsets;
    private final Lags lags;
    private final ServerAdmin admin;
    private final KnownServers servers;
    private final CallbackThread callbacks = new CallbackThread("tern-callbacks");
    private final String transactionGroup;
    private @Nullable Questions questions;

    ServerEngine(
            List<HostPort> addresses,
            ClientSettings settings,
            OpenOptions options,
            EpochClock clock,
            NanoClock nanoClock) {
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.timeoutMs = settings.requestTimeout().toMillis();
        this.transactionGroup = options.transactions()
                .map(OpenOptions.TransactionParticipant::producerGroup)
                .orElse(settings.producerGroup());
        this.connections = new Connections(
                new ConnectionSettings(settings.ioThreads(), settings.limits(), options.credentials(), options.tls()),
                nanoClock);
        NameServers nameServers = new NameServers(connections, addresses);
        this.routes = new Routes(nameServers, connections, nanoClock, timeoutMs);
        String clientId = options.instance().isEmpty() ? ClientIds.next() : options.instance();
        this.presence = new Presence(new Presence.Parts(clientId, connections, routes, clock, timeoutMs));
        this.resets = new Resets(connections);
        this.sender = new Sender(
                new SendTerms(settings.producerGroup(), timeoutMs, routes),
                new Bodies(settings.compressionThreshold()),
                clock);
        this.decisions = new Decisions(routes, timeoutMs);
        this.replies = new Replies(
                new Replies.Parts(sender, presence, connections, routes, clock, settings.producerGroup(), timeoutMs));
        this.recalls = new Recalls(routes, settings.producerGroup(), timeoutMs);
        this.reading = new Reading(routes, clock, nanoClock, timeoutMs);
        this.offsets = new Offsets(routes, timeoutMs);
        this.lags = new Lags(routes, offsets, reading, clock, timeoutMs);
        this.admin = new ServerAdmin(nameServers, connections, routes, offsets, timeoutMs);
        this.servers = new KnownServers(timeoutMs);
    }

    /** Lets brokers ask what became of the group's transactions. Before anything else is done. */
    void answerQuestions(String producerGroup, Function<StoredMessage, Decision> checker) {
        questions = new Questions(producerGroup, checker, decisions, connections);
        CompletableFuture<Void> unused = presence.joinProducers(producerGroup); // the heartbeat goes on trying
    }

    @Override
    public InstantSource clock() {
        return () -> Instant.ofEpochMilli(clock.time());
    }

    @Override
    public long nanoTime() {
        return nanoClock.nanoTime();
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        return connections.schedule(delay, task)::run;
    }

    /** An event loop serves all connections: what an application attaches may wait, even for this queue. */
    @Override
    public Executor callbacks() {
        return callbacks;
    }

    private static <T> CompletableFuture<T> tooManyCallbacks() {
        return CompletableFuture.failedFuture(
                new BusyException("cannot send: too many callbacks of earlier sends wait for their turn"));
    }

    @Override
    public CompletableFuture<List<Partition>> writable(String topic) {
        return guarded(() -> routes.writable(topic));
    }

    @Override
    public CompletableFuture<List<Partition>> readable(String topic) {
        return guarded(() -> routes.readable(topic));
    }

    @Override
    public CompletableFuture<SendReceipt> send(Partition partition, OutgoingMessage message) {
        return callbacks.isFull() ? tooManyCallbacks() : sender.send(partition, message);
    }

    @Override
    public CompletableFuture<List<SendReceipt>> send(Partition partition, List<OutgoingMessage> messages) {
        return callbacks.isFull() ? tooManyCallbacks() : sender.send(partition, messages);
    }

    @Override
    public void sendOneWay(Partition partition, OutgoingMessage message) {
        sender.sendOneWay(partition, message);
    }

    @Override
    public CompletableFuture<HalfMessage> prepare(Partition partition, OutgoingMessage message) {
        return guarded(() -> presence.joinProducers(transactionGroup)
                .thenCompose(joined -> sender.prepare(partition, message, transactionGroup))
                .thenApply(decisions::halfMessage));
    }

    @Override
    public CompletableFuture<StoredMessage> request(Partition partition, OutgoingMessage message, Duration timeout) {
        return guarded(() -> replies.request(partition, message, timeout));
    }

    @Override
    public CompletableFuture<Void> reply(StoredMessage request, byte[] body) {
        return guarded(() -> replies.reply(request, body));
    }

    @Override
    public CompletableFuture<RecallResult> recall(String topic, String handle) {
        return guarded(() -> recalls.recall(topic, handle));
    }

    @Override
    public CompletableFuture<GroupMember> join(MemberTerms terms, Runnable events) {
        Leasing leasing = new Leasing(new LeaseTerms(terms, routes, connections, servers, clock, nanoClock, timeoutMs));
        return guarded(() -> presence.join(terms, events)
                .thenApply(seat -> new ServerGroupMember(presence.clientId(), terms, seat, leasing, resets)));
    }

    @Override
    public CompletableFuture<ReadAnswer> read(ReadRequest request) {
        return guarded(() -> reading.read(request));
    }

    @Override
    public CompletableFuture<OffsetRange> range(Partition partition) {
        return guarded(() -> offsets.range(partition));
    }

    @Override
    public CompletableFuture<Long> offsetAt(Partition partition, Instant time) {
        return guarded(() -> offsets.at(partition, time));
    }

    @Override
    public CompletableFuture<OptionalLong> committed(String group, Partition partition) {
        return guarded(() -> offsets.committed(group, partition));
    }

    @Override
    public CompletableFuture<Void> commit(String group, Map<Partition, Long> positions) {
        return guarded(() -> offsets.commit(group, positions));
    }

    @Override
    public CompletableFuture<Lag> lag(String group, String topic) {
        return guarded(() -> lags.find(group, topic));
    }

    @Override
    public EngineAdmin admin() {
        return admin;
    }

    @Override
    public void close() {
        presence.close();
        replies.close();
        Questions answering = questions;
        if (answering != null) {
            answering.close();
        }
        connections.close();
        callbacks.close();
    }

    /** What goes wrong at once is a failure of the future, too. */
    private static <T> CompletableFuture<T> guarded(Supplier<CompletableFuture<T>> action) {
        try {
            return action.get();
        } catch (TernMQException atOnce) {
            return CompletableFuture.failedFuture(atOnce);
        }
    }
}
