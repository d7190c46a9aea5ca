package io.ternmq.server;

import io.ternmq.broker.Shard;
import io.ternmq.broker.member.Membership;
import io.ternmq.log.RecoveryReport;
import io.ternmq.log.SystemClock;
import io.ternmq.log.storage.DiskDirectory;
import io.ternmq.remoting.RemotingServer;
import io.ternmq.remoting.RemotingSettings;
import io.ternmq.remoting.connection.CommittedReplies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * A whole server in this process. It is ready when {@link #start} returns, and has stored and let go of everything when
 * {@link #close} returns. Several may run beside each other, on ports and data folders of their own.
 */
public final class TernServer implements AutoCloseable {

    private final Settings settings;
    private final Shard shard;
    private final RemotingServer remoting;

    private TernServer(Settings settings, Shard shard, RemotingServer remoting) {
        this.settings = settings;
        this.shard = shard;
        this.remoting = remoting;
    }

    /**
     * Recovers what is in the data folder, then opens the ports.
     *
     * @param settings what to run with; a broker port of 0 takes a free one, and a name server port of 0 the same
     * @return a server that answers
     * @throws IOException      when the data folder cannot be used, or another process uses it
     * @throws SettingException when a setting names something that does not exist
     * @throws io.ternmq.log.LogRefusedException       when the log cannot be opened without losing what was written
     * @throws io.ternmq.remoting.CannotListenException when a port is taken
     */
    public static TernServer start(Settings settings) throws IOException {
        RemotingSettings remotingSettings = EngineSettings.remoting(settings);
        var replies = new CommittedReplies();
        SystemClock clock = SystemClock.INSTANCE;
        Shard shard = Shard.open(
                EngineSettings.shard(settings),
                DiskDirectory.open(DataFolder.shard(Path.of(settings.get(ServerSetting.DATA_DIR)))),
                clock,
                new ShardEvents(replies));
        try {
            if (settings.get(ServerSetting.ACCEPT_DAMAGE)) {
                shard.acceptDamage();
            }
            shard.start();
            var membership = new Membership(clock);
            RemotingServer remoting = RemotingServer.start(remotingSettings, shard, membership, replies, clock);
            return new TernServer(settings, shard, remoting);
        } catch (RuntimeException cannotServe) {
            shard.close();
            throw cannotServe;
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
     * Everything it listens on.
     *
     * @return addresses with their ports
     */
    public List<InetSocketAddress> addresses() {
        return remoting.addresses();
    }

    /**
     * What was found in the data folder.
     *
     * @return the report of the start
     */
    public RecoveryReport recoveryReport() {
        return shard.recoveryReport();
    }

    /** Lets nobody in any more, stores what was accepted, and frees ports and data folder. */
    @Override
    public void close() {
        remoting.close();
        shard.close();
    }
}
