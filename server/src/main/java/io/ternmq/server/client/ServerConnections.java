package io.ternmq.server.client;

import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.server.wire.Frame;
import io.ternmq.server.wire.JsonObject;
import io.ternmq.server.wire.JsonReader;
import io.ternmq.server.wire.Request;
import io.ternmq.server.wire.ServerRequests;
import io.ternmq.server.wire.WireConnection;
import io.ternmq.server.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One connection to each address in use, opened when first needed and again when it broke. For any thread. */
public final class ServerConnections implements AutoCloseable {

    private final HostPort nameServer;
    private final Duration timeout;
    private final ServerRequests serverRequests;
    private final Map<HostPort, WireConnection> connectionByAddress = new HashMap<>();

    /**
     * Connects to nothing yet.
     *
     * @param nameServer     where routes are asked for
     * @param timeout        how long a connect and an answer may take
     * @param serverRequests gets what servers ask of us
     */
    public ServerConnections(HostPort nameServer, Duration timeout, ServerRequests serverRequests) {
        this.nameServer = nameServer;
        this.timeout = timeout;
        this.serverRequests = serverRequests;
    }

    /**
     * Where routes are asked for.
     *
     * @return as given to the constructor
     */
    public HostPort nameServer() {
        return nameServer;
    }

    /**
     * The connection to an address.
     *
     * @param address where to
     * @return an open connection
     * @throws WireException when nobody answers there
     */
    public synchronized WireConnection to(HostPort address) throws WireException {
        WireConnection known = connectionByAddress.get(address);
        if (known != null && !known.isClosed()) {
            return known;
        }
        WireConnection fresh = WireConnection.open(address, timeout, serverRequests);
        connectionByAddress.put(address, fresh);
        return fresh;
    }

    /**
     * Asks and expects success.
     *
     * @param address whom
     * @param request what
     * @param what    what is attempted, completing "cannot …"
     * @return a successful answer
     * @throws WireException when the server refuses or does not answer
     */
    public Frame call(HostPort address, Request request, String what) throws WireException {
        return callAny(address, request).expectSuccess(what);
    }

    /**
     * Asks.
     *
     * @param address whom
     * @param request what
     * @return the answer, whatever it says
     * @throws WireException when there is none in time
     */
    public Frame callAny(HostPort address, Request request) throws WireException {
        return to(address).call(request, timeout);
    }

    /**
     * Asks without waiting.
     *
     * @param address whom
     * @param request what
     * @return the answer to come; fails with a {@link WireException}
     */
    public CompletableFuture<Frame> send(HostPort address, Request request) {
        try {
            return to(address).send(request);
        } catch (WireException unreachable) {
            return CompletableFuture.failedFuture(unreachable);
        }
    }

    /**
     * All brokers of the cluster.
     *
     * @return their addresses, at least one
     * @throws WireException when the name server does not say
     */
    public List<HostPort> brokers() throws WireException {
        Frame answer = call(nameServer, new Request(RequestCode.GET_BROKER_CLUSTER_INFO), "list the brokers");
        JsonObject table = JsonReader.object(answer.body()).object("brokerAddrTable");
        List<HostPort> brokers = new ArrayList<>();
        for (Object broker : table.members().values()) {
            if (broker instanceof JsonObject json) {
                brokers.add(TopicRoute.masterAddress(json));
            }
        }
        if (brokers.isEmpty()) {
            throw new WireException(nameServer + " knows no broker");
        }
        return brokers;
    }

    @Override
    public synchronized void close() {
        connectionByAddress.values().forEach(WireConnection::close);
        connectionByAddress.clear();
    }
}
