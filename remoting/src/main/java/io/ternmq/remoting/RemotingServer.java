package io.ternmq.remoting;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.CannotListenException;
import io.ternmq.broker.access.RateLimitedLog;
import io.ternmq.broker.member.Membership;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.remoting.NameCache;
import io.ternmq.protocol.remoting.RemotingFrameDecoder;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.BrokerIdentity;
import io.ternmq.remoting.connection.Admission;
import io.ternmq.remoting.connection.ConnectionHandler;
import io.ternmq.remoting.connection.Dispatcher;
import io.ternmq.remoting.connection.LoopContext;
import io.ternmq.remoting.transaction.RemotingCourier;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves RocketMQ's clients: all ports answer all requests, those of a name server and those of a broker. Has at most
 * two event loops.
 */
public final class RemotingServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemotingServer.class);
    private static final long SILENCE_CHECK_MS = 10_000;
    private static final long CLOSE_MS_MAX = 2_000;

    private final Transport transport;
    private final Listeners listeners;
    private final Map<EventLoop, LoopContext> contexts = new ConcurrentHashMap<>();

    private RemotingServer(RemotingSettings settings, Broker broker) {
        RateLimitedLog complaints = new RateLimitedLog(LOG, broker.shard()::timeMs);
        transport = Transport.open(Runtime.getRuntime().availableProcessors());
        listeners = listen(settings, broker.membership(), complaints);
        BrokerAccess access = new BrokerAccess(broker, identity(settings, listeners.brokerPort()), settings.creation());
        broker.questions().askThrough(new RemotingCourier(settings.brokerName()));
        Admission admission = new Admission(settings.limits());
        NameCache names = new NameCache();
        for (EventExecutor executor : transport.group()) {
            EventLoop loop = (EventLoop) executor;
            LoopContext context = new LoopContext(
                    loop,
                    broker.replies(),
                    admission,
                    new Dispatcher(RequestTable.forLoop(access, names), complaints),
                    broker.shard()::work);
            contexts.put(loop, context);
            context.start();
        }
    }

    /**
     * Starts to serve.
     *
     * @throws CannotListenException when a port is taken, or the address is not this machine's
     */
    public static RemotingServer start(RemotingSettings settings, Broker broker) {
        RemotingServer server = new RemotingServer(settings, broker);
        Future<?> unused = server.transport
                .group()
                .scheduleWithFixedDelay(
                        broker::removeSilent, SILENCE_CHECK_MS, SILENCE_CHECK_MS, TimeUnit.MILLISECONDS);
        server.listeners.accept();
        return server;
    }

    /** @return the port for sends and pulls */
    public int brokerPort() {
        return listeners.brokerPort();
    }

    /** @return the port for routes */
    public int nameServerPort() {
        return listeners.nameServerPort();
    }

    /** @return every address it listens on */
    public List<InetSocketAddress> addresses() {
        return listeners.addresses();
    }

    /** Lets nobody in any more, then closes all connections. What was not answered stays unanswered. */
    @Override
    public void close() {
        listeners.close();
        // by ourselves: a loop that stops at once may leave its connections to clients that then wait for answers
        contexts.values().forEach(LoopContext::closeConnections);
        stopThreads();
    }

    private void stopThreads() {
        transport
                .group()
                .shutdownGracefully(0, CLOSE_MS_MAX, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }

    private Listeners listen(RemotingSettings settings, Membership membership, RateLimitedLog complaints) {
        ChannelInitializer<Channel> connections = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                LoopContext context = Objects.requireNonNull(contexts.get(channel.eventLoop()));
                RemotingFrameDecoder decoder =
                        new RemotingFrameDecoder(settings.limits().wire());
                channel.pipeline().addLast(decoder, new ConnectionHandler(context, decoder, membership, complaints));
            }
        };
        try {
            return Listeners.bind(transport, settings, connections);
        } catch (CannotListenException e) {
            stopThreads();
            throw e;
        }
    }

    private static BrokerIdentity identity(RemotingSettings settings, int brokerPort) {
        InetSocketAddress address = new InetSocketAddress(settings.advertisedHost(), brokerPort);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "advertisedHost: " + settings.advertisedHost() + " (expected: an address or a name that resolves)");
        }
        return new BrokerIdentity(
                settings.clusterName(),
                settings.brokerName(),
                settings.advertisedHost() + ":" + brokerPort,
                HostAddress.of(address));
    }
}
