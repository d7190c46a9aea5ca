package io.ternmq.server;

import io.ternmq.broker.Shard;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.CommittedReplies;
import io.ternmq.broker.member.Membership;
import io.ternmq.grpc.GrpcServer;
import io.ternmq.grpc.GrpcSettings;
import io.ternmq.log.RecoveryReport;
import io.ternmq.log.storage.DiskDirectory;
import io.ternmq.remoting.RemotingServer;
import io.ternmq.remoting.RemotingSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A whole server in this process. It is ready when {@link #start} returns, and has stored and let go of everything when
 * {@link #close} returns. Several may run beside each other, on ports and data folders of their own.
 */
public final class TernServer implements AutoCloseable {

    private final Settings settings;
    private final Broker broker;
    private final RemotingServer remoting;
    private final @Nullable GrpcServer grpc;

    private TernServer(Settings settings, Broker broker, RemotingServer remoting, @Nullable GrpcServer grpc) {
        this.settings = settings;
        this.broker = broker;
        this.remoting = remoting;
        this.grpc = grpc;
    }

    /**
     * Recovers what is in the data folder, then opens the ports.
     *
     * @param settings what to run with; a broker port of 0 takes a free one, and a name server port of 0 the same
     * @return a server that answers
     * @throws IOException      when the data folder cannot be used, or another process uses it
     * @throws SettingException when a setting names something that does not exist, or cannot be used
     * @throws io.ternmq.log.LogRefusedException       when the log cannot be opened without losing what was written
     * @throws io.ternmq.broker.access.CannotListenException when a port is taken
     */
    public static TernServer start(Settings settings) throws IOException {
        RemotingSettings remotingSettings = EngineSettings.remoting(settings);
        GrpcSettings grpcSettings = EngineSettings.grpc(settings);
        var replies = new CommittedReplies();
        EpochClock clock = SystemEpochClock.INSTANCE;
        Shard shard = Shard.open(
                EngineSettings.shard(settings),
                DiskDirectory.open(DataFolder.shard(Path.of(settings.get(ServerSetting.DATA_DIR)))),
                clock,
                SystemNanoClock.INSTANCE,
                new ShardEvents(replies));
        boolean serves = false;
        try {
            if (settings.get(ServerSetting.ACCEPT_DAMAGE)) {
                shard.acceptDamage();
            }
            shard.start();
            long lockMs = settings.get(ServerSetting.ORDER_LOCK_TIME);
            var broker = new Broker(shard, new Membership(SystemNanoClock.INSTANCE, lockMs), replies, clock);
            TernServer server = open(settings, remotingSettings, grpcSettings, broker);
            serves = true;
            return server;
        } finally {
            if (!serves) {
                shard.close(); // also lets go of the data folder, for whoever tries again
            }
        }
    }

    private static TernServer open(
            Settings settings, RemotingSettings remotingSettings, GrpcSettings grpcSettings, Broker broker) {
        try {
            return openPorts(settings, remotingSettings, grpcSettings, broker);
        } catch (RuntimeException cannotServe) {
            broker.close();
            throw cannotServe;
        }
    }

    private static TernServer openPorts(
            Settings settings, RemotingSettings remotingSettings, GrpcSettings grpcSettings, Broker broker) {
        RemotingServer remoting = RemotingServer.start(remotingSettings, broker);
        try {
            GrpcServer grpc = settings.get(ServerSetting.GRPC_ENABLED) ? openGrpc(grpcSettings, broker) : null;
            return new TernServer(settings, broker, remoting, grpc);
        } catch (RuntimeException cannotServe) {
            remoting.close();
            throw cannotServe;
        }
    }

    private static GrpcServer openGrpc(GrpcSettings settings, Broker broker) {
        try {
            return GrpcServer.start(settings, broker);
        } catch (IllegalArgumentException unusable) {
            throw new SettingException(ServerSetting.GRPC_CERTIFICATE.key() + ", " + ServerSetting.GRPC_KEY.key() + ": "
                    + unusable.getMessage());
        }
    }

    /**
     * What it runs with.
     *
     * @return as given to {@link #start}
     */
    public Settings settings() {
        return settings;
    }

    /**
     * Where clients ask for routes.
     *
     * @return a port
     */
    public int nameServerPort() {
        return remoting.nameServerPort();
    }

    /**
     * Where clients send and pull.
     *
     * @return a port
     */
    public int brokerPort() {
        return remoting.brokerPort();
    }

    /**
     * Where gRPC clients connect.
     *
     * @return a port; 0 when they are not served
     */
    public int grpcPort() {
        return grpc == null ? 0 : grpc.port();
    }

    /**
     * Everything it listens on.
     *
     * @return addresses with their ports
     */
    public List<InetSocketAddress> addresses() {
        List<InetSocketAddress> addresses = new ArrayList<>(remoting.addresses());
        if (grpc != null) {
            addresses.add(new InetSocketAddress(addresses.get(0).getAddress(), grpc.port()));
        }
        return addresses;
    }

    /**
     * What was found in the data folder.
     *
     * @return the report of the start
     */
    public RecoveryReport recoveryReport() {
        return broker.shard().recoveryReport();
    }

    /** Lets nobody in any more, stores what was accepted, and frees ports and data folder. */
    @Override
    public void close() {
        remoting.close();
        if (grpc != null) {
            grpc.close();
        }
        broker.close();
        broker.shard().close();
    }
}
