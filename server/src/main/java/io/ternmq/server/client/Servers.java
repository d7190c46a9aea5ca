package io.ternmq.server.client;

import io.ternmq.Filter;
import io.ternmq.Partition;
import io.ternmq.client.admin.Brokers;
import io.ternmq.client.admin.ServerAdmin;
import io.ternmq.client.message.TagFilter;
import io.ternmq.client.offset.Offsets;
import io.ternmq.client.offset.Reading;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.ConnectionLimits;
import io.ternmq.client.wire.ConnectionSettings;
import io.ternmq.client.wire.Connections;
import io.ternmq.engine.ReadRequest;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.runtime.message.Awaiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * The servers that a command talks to, through the client library. What it asks of them fails with a {@link io.ternmq.TernMQException} whose message
 * is one line. For any thread but the library's own.
 */
public final class Servers implements AutoCloseable {

    /** Tools read in this group's name; it never commits anything. */
    public static final String TOOLS_GROUP = "TOOLS_CONSUMER";

    /** How many messages a tool asks for at a time. */
    public static final int TOOLS_COUNT_MAX = 32;

    private static final int IO_THREADS = 1;
    /** Commands bound by themselves what is under way, to fewer than this. */
    private static final int REQUESTS_MAX = 1 << 17;
    /** Each request has a time limit of its own, so this one never comes. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Terms terms;
    private final Connections connections;
    private final NameServers nameServers;
    private final Brokers brokers;
    private final Routes routes;
    private final Offsets offsets;
    private final Reading reading;
    private final ServerAdmin admin;

    /**
     * How to get to them.
     *
     * @param nameServer where routes are asked for
     * @param timeout    how long a connect and an answer may take
     * @param clock      the time of day
     * @param nanoClock  measures how long something takes
     */
    public record Terms(HostPort nameServer, Duration timeout, EpochClock clock, NanoClock nanoClock) {

        long timeoutMs() {
            return timeout.toMillis();
        }
    }

    /**
     * Connects to nothing yet.
     *
     * @param terms how to get to them
     */
    public Servers(Terms terms) {
        this.terms = terms;
        this.connections = new Connections(settings(terms), terms.nanoClock());
        this.nameServers = new NameServers(connections, List.of(terms.nameServer()));
        this.brokers = new Brokers(nameServers, connections, terms.timeoutMs());
        this.routes = new Routes(nameServers, connections, terms.nanoClock(), terms.timeoutMs());
        this.offsets = new Offsets(routes, terms.timeoutMs());
        this.reading = new Reading(routes, terms.clock(), terms.nanoClock(), terms.timeoutMs());
        this.admin = new ServerAdmin(nameServers, connections, routes, offsets, terms.timeoutMs());
    }

    private static ConnectionSettings settings(Terms terms) {
        ConnectionLimits usual = ConnectionLimits.DEFAULT;
        ConnectionLimits limits = new ConnectionLimits(
                REQUESTS_MAX,
                Long.MAX_VALUE,
                usual.frames(),
                (int) terms.timeoutMs(),
                usual.backOffMsMin(),
                usual.backOffMsMax());
        return new ConnectionSettings(IO_THREADS, limits, Optional.empty(), Optional.empty());
    }

    /**
     * How to get to them.
     *
     * @return as given to the constructor
     */
    public Terms terms() {
        return terms;
    }

    /**
     * Where queues begin and end, and where groups are in them.
     *
     * @return asks the servers
     */
    public Offsets offsets() {
        return offsets;
    }

    /**
     * Where topics are.
     *
     * @return asks the servers, and remembers
     */
    public Routes routes() {
        return routes;
    }

    ServerAdmin admin() {
        return admin;
    }

    Connections connections() {
        return connections;
    }

    /** Begins a request. */
    Call call(int code, String what) {
        return new Call(code, what, terms.timeoutMs());
    }

    /** Asks the name server; any answer is read. */
    <T> T askNameServer(Supplier<Call> newCall, Call.AnswerReader<T> reader) {
        return await(nameServers.ask(newCall, reader));
    }

    /** Asks each broker. */
    <T> List<T> askBrokers(Function<Connection, CompletableFuture<T>> question) {
        return await(brokers.each(question));
    }

    /** The ways to the brokers that have queues of a topic. */
    List<Connection> brokersOf(String topic) {
        return await(routes.route(topic)).brokers().values().stream()
                .distinct()
                .map(connections::to)
                .toList();
    }

    /**
     * Reads what is there, for a tool.
     *
     * @param queue    which queue
     * @param offset   from where
     * @param countMax how many messages at most
     * @return some messages, or none
     */
    public Reading.Found<ReceivedMessage> read(Partition queue, long offset, int countMax) {
        return await(read(new ReadRequest(TOOLS_GROUP, queue, offset, Filter.all(), countMax, Duration.ZERO)));
    }

    CompletableFuture<Reading.Found<ReceivedMessage>> read(ReadRequest request) {
        TagFilter tags = TagFilter.of(request.filter());
        return reading.read(
                request,
                body -> ReceivedMessage.read(request.partition().topic(), body).stream()
                        .filter(message -> tags.wants(message.tagged()))
                        .toList());
    }

    /**
     * Waits for an answer.
     *
     * @param answer on its way
     * @param <T>    what it says
     * @return what it says
     */
    public <T> T await(CompletableFuture<T> answer) {
        return Awaiting.get(answer, LONGEST);
    }

    @Override
    public void close() {
        connections.close();
    }
}
