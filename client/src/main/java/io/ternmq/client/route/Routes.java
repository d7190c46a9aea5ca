package io.ternmq.client.route;

import io.ternmq.InvalidRequestException;
import io.ternmq.Partition;
import io.ternmq.UnavailableException;
import io.ternmq.client.json.JsonObject;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.Failures;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The routes of topics, remembered. One that is used is asked for again when it is {@link #REFRESH_MS} old, while the old one goes on being
 * used; one that proved wrong is asked for at once. What nobody uses any more is forgotten. Thread-safe.
 */
public final class Routes {

    /** The topic whose route says how topics are made by the first message sent to them. */
    public static final String TEMPLATE_TOPIC = "TBW102";

    /** So many partitions has a topic, at each broker, that is made by sending to it. */
    public static final int NEW_TOPIC_PARTITIONS = 4;

    /** So old is a route at most that is used again and again. */
    public static final long REFRESH_MS = 30_000;

    /** A topic that does not exist yet is looked for again after so long. */
    private static final long ASSUMED_MS = 500;

    private static final int ROUTES_MAX = 16_384;
    private static final String WHAT = "find the topic ";

    private final NameServers nameServers;
    private final Connections connections;
    private final NanoClock clock;
    private final long timeoutMs;
    private final Map<String, Entry> byTopic = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<TopicRoute>> asked = new ConcurrentHashMap<>();
    /** All that routes have ever named: what was taken from a broker is acknowledged there, whatever routes say now. */
    private final Map<String, HostPort> brokers = new ConcurrentHashMap<>();

    /**
     * Asks nothing yet.
     *
     * @param nameServers whom to ask
     * @param connections the ways to brokers
     * @param clock       measures how old a route is
     * @param timeoutMs   for an answer
     */
    public Routes(NameServers nameServers, Connections connections, NanoClock clock, long timeoutMs) {
        this.nameServers = nameServers;
        this.connections = connections;
        this.clock = clock;
        this.timeoutMs = timeoutMs;
    }

    /** What is known, with its lists as futures that are complete already: they are asked for with each message. */
    private static final class Entry {
        final TopicRoute route;
        final long askedNs;
        final CompletableFuture<List<Partition>> readable;
        final CompletableFuture<List<Partition>> writable;
        volatile boolean refreshing;

        Entry(TopicRoute route, long askedNs) {
            this.route = route;
            this.askedNs = askedNs;
            this.readable = CompletableFuture.completedFuture(route.readable());
            this.writable = CompletableFuture.completedFuture(route.writable());
        }

        boolean isOld(long nowNs) {
            long ageMs = TimeUnit.NANOSECONDS.toMillis(nowNs - askedNs);
            return ageMs >= (route.assumed() ? ASSUMED_MS : REFRESH_MS);
        }
    }

    /**
     * Which partitions can be read.
     *
     * @param topic which topic
     * @return none when it does not exist
     */
    public CompletableFuture<List<Partition>> readable(String topic) {
        Entry entry = known(topic);
        return entry != null && !entry.route.assumed()
                ? entry.readable
                : ask(topic).thenApply(TopicRoute::readable);
    }

    /**
     * Which partitions can be written. Of a topic that does not exist: those that it will have.
     *
     * @param topic which topic
     * @return at least one
     */
    public CompletableFuture<List<Partition>> writable(String topic) {
        Entry entry = known(topic);
        if (entry != null && !entry.route.writable().isEmpty()) {
            return entry.writable;
        }
        return ask(topic)
                .thenCompose(route -> route.equals(TopicRoute.NONE) ? assume(topic) : completed(route))
                .thenApply(route -> {
                    if (route.writable().isEmpty()) {
                        throw new UnavailableException(
                                "cannot send to " + topic + ": no broker takes messages for it now");
                    }
                    return route.writable();
                });
    }

    /**
     * Where a topic is.
     *
     * @param topic which topic
     * @return without brokers when it does not exist
     */
    public CompletableFuture<TopicRoute> route(String topic) {
        Entry entry = known(topic);
        return entry != null && !entry.route.assumed() ? completed(entry.route) : ask(topic);
    }

    private @Nullable Entry known(String topic) {
        Entry entry = byTopic.get(topic);
        if (entry != null && entry.isOld(clock.nanoTime()) && !entry.refreshing) {
            entry.refreshing = true;
            CompletableFuture<?> unused = ask(topic).whenComplete((route, failure) -> entry.refreshing = false);
        }
        return entry;
    }

    /** Asks now, and remembers. Who wants the same while the answer is under way waits for it, too. */
    private CompletableFuture<TopicRoute> ask(String topic) {
        CompletableFuture<TopicRoute> mine = new CompletableFuture<>();
        CompletableFuture<TopicRoute> known = asked.putIfAbsent(topic, mine);
        if (known != null) {
            return known;
        }
        CompletableFuture<?> unused = askNameServers(topic).whenComplete((route, failure) -> {
            asked.remove(topic, mine);
            if (failure == null) {
                mine.complete(route);
            } else {
                mine.completeExceptionally(Failures.cause(failure));
            }
        });
        return mine;
    }

    private CompletableFuture<TopicRoute> askNameServers(String topic) {
        return nameServers.ask(
                () -> new Call(RequestCode.GET_ROUTEINFO_BY_TOPIC, WHAT + topic, timeoutMs)
                        .field("topic", topic)
                        .field("acceptStandardJsonOnly", true),
                answer -> switch (answer.code()) {
                    case ResponseCode.SUCCESS ->
                        remember(topic, TopicRoute.read(topic, JsonObject.read(answer.body())));
                    case ResponseCode.TOPIC_NOT_EXIST -> {
                        byTopic.computeIfPresent(
                                topic,
                                (name, entry) ->
                                        entry.route.assumed() ? new Entry(entry.route, clock.nanoTime()) : null);
                        yield TopicRoute.NONE;
                    }
                    default -> throw Failures.refused(WHAT + topic, answer);
                });
    }

    private CompletableFuture<TopicRoute> assume(String topic) {
        return ask(TEMPLATE_TOPIC).thenApply(template -> {
            if (template.writable().isEmpty()) {
                throw new InvalidRequestException("topic: '" + topic
                        + "' does not exist, and the server makes no topics by itself (expected: one that exists)");
            }
            return remember(topic, template.asTemplateOf(topic));
        });
    }

    private TopicRoute remember(String topic, TopicRoute route) {
        if (byTopic.size() >= ROUTES_MAX) {
            byTopic.clear();
        }
        brokers.putAll(route.brokers());
        byTopic.put(topic, new Entry(route, clock.nanoTime()));
        return route;
    }

    /**
     * Has a route asked for anew when it is used next, because it proved wrong.
     *
     * @param topic which topic
     */
    public void forget(String topic) {
        byTopic.remove(topic);
        asked.remove(topic); // what is on its way may be as wrong
    }

    /**
     * Whether a topic comes into being once something is sent to it.
     *
     * @param topic which topic
     * @return false when it exists, or nothing is known of it
     */
    public boolean isAssumed(String topic) {
        Entry entry = byTopic.get(topic);
        return entry != null && entry.route.assumed();
    }

    /**
     * The way to a broker that some route named.
     *
     * @param broker its name
     * @return its connection
     * @throws UnavailableException when no route named it
     */
    public Connection connection(String broker) {
        HostPort address = brokers.get(broker);
        if (address == null) {
            throw new UnavailableException(
                    "broker: '" + broker + "' is not known (expected: one of " + brokers.keySet() + ")");
        }
        return connections.to(address);
    }

    /**
     * Finds a partition's broker, whose route may have to be asked for first.
     *
     * @param partition which
     * @return its connection
     */
    public CompletableFuture<Connection> find(Partition partition) {
        return brokers.containsKey(partition.broker())
                ? CompletableFuture.completedFuture(connection(partition.broker()))
                : route(partition.topic()).thenApply(route -> connection(partition.broker()));
    }

    /**
     * All brokers that are named by the routes that are remembered now.
     *
     * @return a copy
     */
    public Collection<HostPort> brokers() {
        return byTopic.values().stream()
                .flatMap(entry -> entry.route.brokers().values().stream())
                .distinct()
                .toList();
    }

    /**
     * Whether some route has named it as a broker's, now or earlier.
     *
     * @param address of any server
     * @return false for one that only knows names
     */
    public boolean isBroker(HostPort address) {
        return brokers.containsValue(address);
    }

    private static CompletableFuture<TopicRoute> completed(TopicRoute route) {
        return CompletableFuture.completedFuture(route);
    }
}
