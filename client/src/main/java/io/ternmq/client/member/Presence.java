package io.ternmq.client.member;

import io.ternmq.ClosedException;
import io.ternmq.Filter;
import io.ternmq.UnavailableException;
import io.ternmq.client.json.JsonObject;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.ConnectionListener;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.MemberTerms;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.agrona.concurrent.EpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells brokers who this client is: when it joins or leaves a group, every {@link #HEARTBEAT}, and as soon as a lost connection is there again. A
 * client that neither consumes nor can be asked anything tells nothing. Thread-safe.
 */
public final class Presence implements ConnectionListener {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    /** Brokers forget a client that is silent for two minutes. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    private static final Duration RECONNECT = Duration.ofSeconds(1);

    private final String clientId;
    private final Connections connections;
    private final Routes routes;
    private final EpochClock clock;
    private final long timeoutMs;
    private final AnyBroker anyBroker;
    private final Heartbeat heartbeat;
    private final Map<String, JoinedGroup> groups = new ConcurrentHashMap<>();
    private final Set<String> producerGroups = ConcurrentHashMap.newKeySet();
    /** Of producer groups: under way, or come to a good end. */
    private final Map<String, CompletableFuture<Void>> announced = new ConcurrentHashMap<>();

    private final AtomicLong version = new AtomicLong();

    /**
     * What it works with.
     *
     * @param clientId    its name
     * @param connections the ways to brokers
     * @param routes      knows which brokers there are
     * @param clock       tells the time
     * @param timeoutMs   for an answer
     */
    public record Parts(String clientId, Connections connections, Routes routes, EpochClock clock, long timeoutMs) {}

    /**
     * Is nowhere yet.
     *
     * @param parts what it works with
     */
    public Presence(Parts parts) {
        this(parts, parts.connections()::schedule);
    }

    Presence(Parts parts, Heartbeat.Later later) {
        this.clientId = parts.clientId();
        this.connections = parts.connections();
        this.routes = parts.routes();
        this.clock = parts.clock();
        this.timeoutMs = parts.timeoutMs();
        this.anyBroker = new AnyBroker(connections, routes);
        this.heartbeat = new Heartbeat(HEARTBEAT, later, () -> !hasNothingToTell(), this::beat);
        this.version.set(clock.time());
        connections.listen(this);
        connections.on(RequestCode.NOTIFY_CONSUMER_IDS_CHANGED, this::membersChanged);
    }

    /**
     * This client's name.
     *
     * @return among those of its groups
     */
    public String clientId() {
        return clientId;
    }

    /**
     * Becomes one of a producer group, which brokers may ask things. Once this was asked for, every heartbeat says it, also when the first
     * announcement failed.
     *
     * @param group which
     * @return completes when a broker knows
     */
    public CompletableFuture<Void> joinProducers(String group) {
        producerGroups.add(group);
        heartbeat.start();
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> known = announced.putIfAbsent(group, mine);
        if (known != null) {
            return known;
        }
        CompletableFuture<Void> unused = announce(Stream.of(Routes.TEMPLATE_TOPIC))
                .whenComplete((told, failure) -> {
                    if (failure == null) {
                        mine.complete(null);
                    } else {
                        announced.remove(group, mine);
                        mine.completeExceptionally(Failures.cause(failure));
                    }
                });
        return mine;
    }

    /**
     * Becomes a member of a consumer group.
     *
     * @param terms  which, and how
     * @param events told when its members change
     * @return completes when a broker knows; its {@link Seat#leave} ends it
     */
    public CompletableFuture<Seat> join(MemberTerms terms, Runnable events) {
        JoinedGroup.Joined member = new JoinedGroup.Joined(terms, events);
        JoinedGroup group = groups.compute(terms.group(), (name, known) -> {
            JoinedGroup joined = known == null ? new JoinedGroup(name, clientId) : known;
            joined.add(member);
            return joined;
        });
        version.set(Math.max(version.get() + 1, clock.time()));
        Seat seat = new Seat(group, member);
        return announce(Stream.concat(terms.topics().keySet().stream(), Stream.of(Routes.TEMPLATE_TOPIC)))
                .thenCompose(told -> checkFilters(terms))
                .thenCompose(sound -> findMembers(group))
                .handle((told, failure) -> {
                    if (failure == null) {
                        return seat;
                    }
                    CompletableFuture<Void> unused = seat.leave();
                    throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
                });
    }

    /** A broker that takes an expression only when it is used would otherwise leave a consumer waiting for ever. */
    private CompletableFuture<Void> checkFilters(MemberTerms terms) {
        HeartbeatBody body = new HeartbeatBody(clientId, List.of(), List.of(), version.get());
        return CompletableFuture.allOf(terms.topics().entrySet().stream()
                .filter(topic -> topic.getValue().kind() == Filter.Kind.SQL)
                .map(topic -> anyBroker.ask(broker -> new Call(
                                RequestCode.CHECK_CLIENT_CONFIG,
                                "consume " + topic.getKey() + " where "
                                        + topic.getValue().expression(),
                                timeoutMs)
                        .body(body.subscription(terms.group(), topic.getKey(), topic.getValue()))
                        .expect(broker)))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** A place in a group. */
    public final class Seat {

        private final JoinedGroup group;
        private final JoinedGroup.Joined member;
        private final AtomicBoolean left = new AtomicBoolean();

        private Seat(JoinedGroup group, JoinedGroup.Joined member) {
            this.group = group;
            this.member = member;
        }

        /**
         * Who is in the group, as far as is known here.
         *
         * @return in order
         */
        public List<String> clients() {
            return group.clients();
        }

        /**
         * Gives the place up. Again: nothing.
         *
         * @return completes when all brokers know; fails when one was not told, and finds out by itself
         */
        public CompletableFuture<Void> leave() {
            if (!left.compareAndSet(false, true)) {
                return CompletableFuture.completedFuture(null);
            }
            JoinedGroup rest = groups.compute(group.name(), (name, known) -> group.removeLast(member) ? null : known);
            if (rest != null) {
                return leaveLane();
            }
            CompletableFuture<Void> told = unregister("consumerGroup", group.name());
            if (groups.containsKey(group.name())) {
                tellAll(); // who has joined in the meantime must not be taken for the one who left
            }
            return told;
        }

        /** Others of the group are left here: brokers hear of a lane only, where it has nobody here any more. */
        private CompletableFuture<Void> leaveLane() {
            String lane = member.terms().lane().orElse("");
            return CompletableFuture.allOf(group.lastInLane(member).stream()
                    .map(topic -> tellOfLeaving(
                            group.name(), Map.of("consumerGroup", group.name(), "lane", lane, "topic", topic)))
                    .toArray(CompletableFuture<?>[]::new));
        }
    }

    /** Leaves all producer groups. */
    public void close() {
        for (String group : Set.copyOf(producerGroups)) {
            producerGroups.remove(group);
            announced.remove(group);
            CompletableFuture<Void> unused = unregister("producerGroup", group);
        }
    }

    private CompletableFuture<Void> unregister(String field, String group) {
        return tellOfLeaving(group, Map.of(field, group));
    }

    private CompletableFuture<Void> tellOfLeaving(String group, Map<String, String> what) {
        List<CompletableFuture<Void>> told = new ArrayList<>();
        for (HostPort broker : routes.brokers()) {
            try {
                Call leaving = new Call(RequestCode.UNREGISTER_CLIENT, "leave " + group, timeoutMs);
                leaving.field("clientID", clientId);
                what.forEach(leaving::field);
                told.add(leaving.expect(connections.to(broker)));
            } catch (ClosedException tooLate) {
                LOG.debug("Cannot tell {} that this client has left {}", broker, group, tooLate);
            }
        }
        return CompletableFuture.allOf(told.toArray(CompletableFuture<?>[]::new));
    }

    /** Tells all brokers that are known once these topics are. The heart beats at once: it tells them when this fails. */
    private CompletableFuture<Void> announce(Stream<String> topics) {
        heartbeat.start();
        CompletableFuture<?>[] found = topics.map(routes::route).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(found).thenCompose(known -> tellAny());
    }

    /** Which brokers there are now is what the routes say. None is known as long as no name server has answered. */
    private void beat() {
        Stream<String> topics = groups.values().stream()
                .flatMap(group -> group.terms().stream())
                .flatMap(terms -> terms.topics().keySet().stream());
        CompletableFuture<?>[] found = Stream.concat(Stream.of(Routes.TEMPLATE_TOPIC), topics)
                .distinct()
                .map(routes::route)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<?> unused = CompletableFuture.allOf(found).whenComplete((all, failure) -> {
            tellAll();
            for (JoinedGroup group : groups.values()) {
                CompletableFuture<Void> unusedMembers = findMembers(group);
            }
        });
    }

    private void tellAll() {
        for (HostPort broker : routes.brokers()) {
            CompletableFuture<Void> unused = tell(connections.to(broker));
        }
    }

    /** Completes when one broker knows; the others are told as well. */
    private CompletableFuture<Void> tellAny() {
        List<CompletableFuture<Void>> told =
                routes.brokers().stream().map(connections::to).map(this::tell).toList();
        CompletableFuture<Void> result = new CompletableFuture<>();
        CompletableFuture<?> unused = CompletableFuture.allOf(told.toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, failure) -> {
                    if (told.isEmpty() || told.stream().allMatch(CompletableFuture::isCompletedExceptionally)) {
                        result.completeExceptionally(
                                new UnavailableException("cannot join a group: no broker answers", failure));
                    }
                });
        told.forEach(one -> completeWith(one, result));
        return result;
    }

    private static void completeWith(CompletableFuture<Void> one, CompletableFuture<Void> result) {
        CompletableFuture<Void> unused = one.thenRun(() -> result.complete(null));
    }

    private CompletableFuture<Void> tell(Connection broker) {
        HeartbeatBody body = new HeartbeatBody(
                clientId,
                producerGroups,
                groups.values().stream()
                        .flatMap(group -> group.terms().stream())
                        .toList(),
                version.get());
        return new Call(RequestCode.HEART_BEAT, "tell " + broker.address() + " of this client", timeoutMs)
                .body(body.toBytes())
                .expect(broker);
    }

    private boolean hasNothingToTell() {
        return groups.isEmpty() && producerGroups.isEmpty();
    }

    private int membersChanged(Connection from, RemotingFrame request) {
        String name = request.get("consumerGroup");
        JoinedGroup group = name == null ? null : groups.get(name);
        if (group != null) {
            CompletableFuture<Void> unused = findMembers(group);
        }
        return ResponseCode.SUCCESS;
    }

    /** Each broker is told of all members, so any of them can be asked. */
    private CompletableFuture<Void> findMembers(JoinedGroup group) {
        return anyBroker
                .ask(broker -> new Call(
                                RequestCode.GET_CONSUMER_LIST_BY_GROUP,
                                "list the members of " + group.name(),
                                timeoutMs)
                        .field("consumerGroup", group.name())
                        .to(
                                broker,
                                answer -> answer.code() == ResponseCode.SUCCESS
                                        ? JsonObject.read(answer.body()).texts("consumerIdList")
                                        : List.of(clientId)))
                .thenAccept(found ->
                        group.clients(found.stream().distinct().sorted().toList()));
    }

    @Override
    public void opened(Connection connection) {
        if (!hasNothingToTell() && routes.isBroker(connection.address())) {
            CompletableFuture<Void> unused = tell(connection);
        }
    }

    @Override
    public void lost(Connection connection) {
        if (!hasNothingToTell() && routes.isBroker(connection.address())) {
            Runnable unused = connections.schedule(RECONNECT, () -> reconnect(connection));
        }
    }

    /** Asking something of it makes it connect, and {@link #opened} tells the rest. */
    private void reconnect(Connection connection) {
        CompletableFuture<Void> unused = tell(connection);
    }
}
