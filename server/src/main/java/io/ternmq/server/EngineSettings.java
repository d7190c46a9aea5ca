package io.ternmq.server;

import io.ternmq.broker.ShardSettings;
import io.ternmq.broker.access.CreationRules;
import io.ternmq.broker.traffic.Rate;
import io.ternmq.broker.transaction.TransactionSettings;
import io.ternmq.grpc.GrpcSettings;
import io.ternmq.log.LogSettings;
import io.ternmq.remoting.RemotingSettings;
import io.ternmq.remoting.connection.ConnectionLimits;
import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Turns what was set into what the modules want. */
final class EngineSettings {

    private EngineSettings() {}

    static ShardSettings shard(Settings settings) {
        ShardSettings.Flush flush = switch (settings.get(ServerSetting.FLUSH)) {
            case SYNC -> ShardSettings.Flush.SYNC;
            case ASYNC -> ShardSettings.Flush.ASYNC;
        };
        ShardSettings shard = ShardSettings.of(log(settings, flush), flush);
        return new ShardSettings(
                shard.log(),
                flush,
                settings.get(ServerSetting.FLUSH_INTERVAL).intValue(),
                shard.mailboxCountMax(),
                shard.mailboxBytesMax(),
                transactions(settings),
                settings.get(ServerSetting.QUEUE_LOCK_TIME));
    }

    private static TransactionSettings transactions(Settings settings) {
        return new TransactionSettings(
                settings.get(ServerSetting.TRANSACTION_TIMEOUT),
                settings.get(ServerSetting.TRANSACTION_CHECK_INTERVAL),
                settings.get(ServerSetting.TRANSACTION_CHECK_MAX),
                settings.get(ServerSetting.TRANSACTION_UNDECIDED_MAX));
    }

    private static LogSettings log(Settings settings, ShardSettings.Flush flush) {
        LogSettings log = LogSettings.defaults();
        int segmentBytes = settings.get(ServerSetting.SEGMENT_SIZE).intValue();
        long retentionBytes = settings.get(ServerSetting.RETENTION_SIZE);
        var retain = new LogSettings.Retain(
                settings.get(ServerSetting.RETENTION_TIME), retentionBytes == 0 ? Long.MAX_VALUE : retentionBytes);
        var checkpoint = new LogSettings.CheckpointEvery(
                settings.get(ServerSetting.CHECKPOINT_SIZE), settings.get(ServerSetting.CHECKPOINT_INTERVAL));
        // zeros ahead make a force quick, so they are for those who wait for it
        int zeroFillAheadBytes =
                flush == ShardSettings.Flush.SYNC ? Math.min(log.zeroFillAheadBytes(), segmentBytes) : 0;
        return log.withSizes(segmentBytes, zeroFillAheadBytes, log.entryBytes())
                .withSpace(retain, settings.get(ServerSetting.RESERVE_SIZE))
                .withCheckpoint(checkpoint)
                .withReading(settings.get(ServerSetting.SCRUB_RATE).intValue(), log.recentBytes());
    }

    /** @throws SettingException when the host is no address */
    static RemotingSettings remoting(Settings settings) {
        InetAddress listen = ListenAddress.of(settings.get(ServerSetting.HOST));
        String advertise = settings.get(ServerSetting.ADVERTISE);
        return RemotingSettings.of(
                        listen.getHostAddress(),
                        settings.get(ServerSetting.NAME_SERVER_PORT),
                        settings.get(ServerSetting.BROKER_PORT))
                .withAdvertisedHost(advertise.isEmpty() ? ListenAddress.advertised(listen) : advertise)
                .withNames(settings.get(ServerSetting.CLUSTER_NAME), settings.get(ServerSetting.BROKER_NAME))
                .withCreation(creation(settings))
                .withLimits(limits(settings));
    }

    /** @throws SettingException when the host is no address, or of certificate and key only one is set */
    static GrpcSettings grpc(Settings settings) {
        InetAddress listen = ListenAddress.of(settings.get(ServerSetting.HOST));
        String advertise = settings.get(ServerSetting.ADVERTISE);
        GrpcSettings defaults = GrpcSettings.of(listen.getHostAddress(), settings.get(ServerSetting.GRPC_PORT));
        return new GrpcSettings(
                defaults.host(),
                defaults.port(),
                advertise.isEmpty() ? ListenAddress.advertised(listen) : advertise,
                settings.get(ServerSetting.BROKER_NAME),
                creation(settings),
                tlsIdentity(settings),
                defaults.limits(),
                sendRate(settings));
    }

    private static GrpcSettings.@Nullable TlsIdentity tlsIdentity(Settings settings) {
        String certificate = settings.get(ServerSetting.GRPC_CERTIFICATE);
        String key = settings.get(ServerSetting.GRPC_KEY);
        if (certificate.isEmpty() != key.isEmpty()) {
            Setting<String> missing = certificate.isEmpty() ? ServerSetting.GRPC_CERTIFICATE : ServerSetting.GRPC_KEY;
            throw new SettingException(missing.key() + ": '' (expected: the path of a file, as its other half is set)");
        }
        return certificate.isEmpty() ? null : new GrpcSettings.TlsIdentity(Path.of(certificate), Path.of(key));
    }

    private static CreationRules creation(Settings settings) {
        return new CreationRules(settings.get(ServerSetting.CREATE_TOPICS), settings.get(ServerSetting.CREATE_GROUPS));
    }

    private static ConnectionLimits limits(Settings settings) {
        ConnectionLimits defaults = ConnectionLimits.DEFAULT;
        return new ConnectionLimits(
                defaults.wire(),
                settings.get(ServerSetting.CONNECTIONS_MAX),
                settings.get(ServerSetting.REQUESTS_MAX),
                settings.get(ServerSetting.WAITING_PULLS_MAX),
                settings.get(ServerSetting.IN_FLIGHT_SIZE),
                settings.get(ServerSetting.UNPARSED_SIZE),
                defaults.outboundBytesMax(),
                defaults.writeHighBytes(),
                defaults.writeLowBytes(),
                settings.get(ServerSetting.STALL_TIMEOUT),
                settings.get(ServerSetting.IDLE_TIMEOUT),
                sendRate(settings));
    }

    private static Rate sendRate(Settings settings) {
        return new Rate(settings.get(ServerSetting.SEND_RATE), settings.get(ServerSetting.SEND_BYTE_RATE));
    }
}
