package io.ternmq.server;

import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set, each with its key, default, unit, range and purpose. {@code docs/settings.md} and
 * {@code tern server --help} are made from this list.
 */
public final class ServerSetting {

    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long TIB = 1L << 40;
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final long TEN_YEARS_MS = 3_650 * DAY_MS;

    /** Folder of everything that is kept. */
    public static final Setting<String> DATA_DIR = new Setting<>(
            "data.dir", Text.path(), "data", "Folder of everything that is kept. Created when it does not exist.");

    /** Address to listen on. */
    public static final Setting<String> HOST = new Setting<>(
            "server.host",
            Text.host(),
            "127.0.0.1",
            "Address to listen on; 0.0.0.0 listens on all addresses of the machine.");

    /** What clients are told. */
    public static final Setting<String> ADVERTISE = new Setting<>(
            "server.advertise",
            Text.host().orNothing(),
            "",
            "Host name or address that clients are told to connect to. Nothing: the address listened on, or, when"
                    + " that is all of them, the machine's first address that is not loopback.");

    /** Port for name-server requests. */
    public static final Setting<Integer> NAME_SERVER_PORT = new Setting<>(
            "nameserver.port",
            WholeNumber.port().orZeroFor("the same as broker.port"),
            "9876",
            "Port that clients are configured with. Every port answers name-server and broker requests alike.");

    /** Port for broker requests. */
    public static final Setting<Integer> BROKER_PORT = new Setting<>(
            "broker.port",
            WholeNumber.port().orZeroFor("any free one"),
            "10911",
            "Port that clients are told in routes. The one two below it answers too: older clients and administration"
                    + " tools connect there.");

    /** Whether gRPC clients are served. */
    public static final Setting<Boolean> GRPC_ENABLED = new Setting<>(
            "grpc.enabled", new YesNo(), "true", "Whether RocketMQ's v5 clients, which speak gRPC, are served.");

    /** Port for gRPC. */
    public static final Setting<Integer> GRPC_PORT = new Setting<>(
            "grpc.port",
            WholeNumber.of(1, 65_535).orZeroFor("any free one"),
            "8081",
            "Port for gRPC clients, with TLS and without: each client chooses. --port P puts it on P - 1.");

    /** Who the server is. */
    public static final Setting<String> GRPC_CERTIFICATE = new Setting<>(
            "grpc.tls-certificate",
            Text.file().orNothing(),
            "",
            "File with the certificate that TLS shows to gRPC clients, in PEM, followed by those that vouch for it."
                    + " Nothing: a self-signed one is made for each run.");

    /** What proves it. */
    public static final Setting<String> GRPC_KEY = new Setting<>(
            "grpc.tls-key",
            Text.file().orNothing(),
            "",
            "File with the private key of grpc.tls-certificate, in PEM (PKCS#8), without a password.");

    /** Name of the cluster. */
    public static final Setting<String> CLUSTER_NAME =
            new Setting<>("cluster.name", Text.name(), "DefaultCluster", "Cluster name that clients and tools see.");

    /** Name of the broker in routes. */
    public static final Setting<String> BROKER_NAME = new Setting<>(
            "broker.name",
            Text.name(),
            "broker-a",
            "Broker name in routes. Clients that keep their own offsets keep them by this name: do not change it.");

    /** When a send is acknowledged. */
    public static final Setting<FlushMode> FLUSH = new Setting<>(
            "flush.mode",
            new OneOf<>(FlushMode.class),
            "sync",
            "When a send is acknowledged. sync: once the disk has it. async: once the operating system has it; a power"
                    + " cut may cost what the last flush.interval wrote.");

    /** How long appended messages may wait for their force. */
    public static final Setting<Long> FLUSH_INTERVAL = new Setting<>(
            "flush.interval",
            Quantity.time(1, MINUTE_MS),
            "500ms",
            "With flush.mode=async: how long appended messages may wait to be forced to the disk.");

    /** Whether a send makes its topic. */
    public static final Setting<Boolean> CREATE_TOPICS = new Setting<>(
            "topic.auto-create", new YesNo(), "true", "Whether the first message sent to a topic creates it.");

    /** Whether a consumer makes its group. */
    public static final Setting<Boolean> CREATE_GROUPS = new Setting<>(
            "group.auto-create", new YesNo(), "true", "Whether the first consumer of a group creates it.");

    /** When a queue goes from those who read it by offset to those who take from it by lease, and back. */
    public static final Setting<Long> QUEUE_LOCK_TIME = new Setting<>(
            "group.queue-lock-time",
            Quantity.time(SECOND_MS, 10 * MINUTE_MS),
            "15s",
            "A queue is read by offset or taken from by lease for a group, not both. How long those who do the one may be"
                    + " silent before those who do the other get the queue, unless they leave: then at once.");

    /** How long a consumer in order has its queues without a word. */
    public static final Setting<Long> ORDER_LOCK_TIME = new Setting<>(
            "group.order-lock-time",
            Quantity.time(SECOND_MS, 10 * MINUTE_MS),
            "60s",
            "How long a queue stays locked for a consumer in order that does not renew its lock, also over a restart of the"
                    + " server. RocketMQ's consumers renew every 20 s and trust a lock for 30 s.");

    /** After which age messages are deleted. */
    public static final Setting<Long> RETENTION_TIME = new Setting<>(
            "log.retention-time",
            Quantity.time(SECOND_MS, TEN_YEARS_MS),
            "72h",
            "Messages are deleted, whole segments at a time, once they are older.");

    /** Above which size messages are deleted. */
    public static final Setting<Long> RETENTION_SIZE = new Setting<>(
            "log.retention-size",
            Quantity.bytes(MIB, 1_024 * TIB).orZeroFor("no limit"),
            "0",
            "The oldest messages are deleted, whole segments at a time, while the log is larger.");

    /** How large a segment gets. */
    public static final Setting<Long> SEGMENT_SIZE = new Setting<>(
            "log.segment-size", Quantity.bytes(64 * KIB, GIB), "256MiB", "Size of the files that the log consists of.");

    /** The disk's last bytes. */
    public static final Setting<Long> RESERVE_SIZE = new Setting<>(
            "log.reserve-size",
            Quantity.bytes(0, TIB),
            "64MiB",
            "Free space that messages may not use: with less, sends are refused until there is room again.");

    /** After how many bytes a checkpoint is due. */
    public static final Setting<Long> CHECKPOINT_SIZE = new Setting<>(
            "log.checkpoint-size",
            Quantity.bytes(64 * KIB, TIB),
            "128MiB",
            "A checkpoint is written after so much was appended; a restart replays no more than about that.");

    /** After what time a checkpoint is due. */
    public static final Setting<Long> CHECKPOINT_INTERVAL = new Setting<>(
            "log.checkpoint-interval",
            Quantity.time(SECOND_MS, DAY_MS),
            "10m",
            "A checkpoint is written after so long, if anything was appended.");

    /** How fast old bytes are read to find damage. */
    public static final Setting<Long> SCRUB_RATE = new Setting<>(
            "log.scrub-rate",
            Quantity.bytes(KIB, GIB).orZeroFor("never"),
            "4MiB",
            "Bytes a second of old messages that are read to find damage.");

    /** Whether a shard that found damage may write again. */
    public static final Setting<Boolean> ACCEPT_DAMAGE = new Setting<>(
            "log.accept-damage",
            new YesNo(),
            "false",
            "Whether a log that opened read-only, because damage may hide changes of state, may be written again. Set"
                    + " it for one start, after reading what the start before said.");

    /** When a producer is asked first. */
    public static final Setting<Long> TRANSACTION_TIMEOUT = new Setting<>(
            "transaction.timeout",
            Quantity.time(1, DAY_MS),
            "6s",
            "How long a transactional message may be undecided before its producers are asked what became of it;"
                    + " CHECK_IMMUNITY_TIME_IN_SECONDS of a message may make it longer, up to seven days.");

    /** How often a producer is asked again. */
    public static final Setting<Long> TRANSACTION_CHECK_INTERVAL = new Setting<>(
            "transaction.check-interval",
            Quantity.time(1, DAY_MS),
            "30s",
            "How long after that its producers are asked again, each time.");

    /** How often a producer is asked at most. */
    public static final Setting<Integer> TRANSACTION_CHECK_MAX = new Setting<>(
            "transaction.check-max",
            WholeNumber.of(1, 1_000_000),
            "15",
            "How often they are asked at most, also when none of them is there; then the message goes to the topic"
                    + " TRANS_CHECK_MAX_TIME_TOPIC.");

    /** How many transactions may be undecided. */
    public static final Setting<Integer> TRANSACTION_UNDECIDED_MAX = new Setting<>(
            "transaction.undecided-max",
            WholeNumber.of(1, 100_000_000),
            "200000",
            "Transactional messages that are undecided; above it senders are answered 'busy'. Each takes about 120"
                    + " bytes of heap.");

    /** How many connections there may be. */
    public static final Setting<Integer> CONNECTIONS_MAX = new Setting<>(
            "connection.count-max", WholeNumber.of(1, 1_000_000), "4096", "Open connections; more are refused.");

    /** How many requests of a connection may wait. */
    public static final Setting<Integer> REQUESTS_MAX = new Setting<>(
            "connection.requests-max",
            WholeNumber.of(1, 1_000_000),
            "4096",
            "Requests of one connection that are not answered yet; above it the connection is not read.");

    /** How many pulls of a connection may wait. */
    public static final Setting<Integer> WAITING_PULLS_MAX = new Setting<>(
            "connection.waiting-pulls-max",
            WholeNumber.of(1, 1_000_000),
            "8192",
            "Pulls of one connection that wait for messages; more are answered at once.");

    /** How long a client may leave its answers unread. */
    public static final Setting<Long> STALL_TIMEOUT = new Setting<>(
            "connection.stall-timeout",
            Quantity.time(SECOND_MS, HOUR_MS),
            "30s",
            "How long a client may leave its answers unread before its connection is closed.");

    /** How long a client may be silent. */
    public static final Setting<Long> IDLE_TIMEOUT = new Setting<>(
            "connection.idle-timeout",
            Quantity.time(SECOND_MS, DAY_MS),
            "120s",
            "How long a client may be silent before its connection is closed.");

    /** How many messages a connection may send. */
    public static final Setting<Integer> SEND_RATE = new Setting<>(
            "connection.send-rate",
            WholeNumber.of(1, 1_000_000_000).orZeroFor("no limit"),
            "0",
            "Messages a second that one connection may send; a second's worth may come at once. Above it the"
                    + " connection is not read for a while: its client is slowed, nothing is refused. gRPC clients are answered later,"
                    + " and beyond a second of that told to try again.");

    /** How many bytes a connection may send. */
    public static final Setting<Long> SEND_BYTE_RATE = new Setting<>(
            "connection.send-byte-rate",
            Quantity.bytes(KIB, TIB).orZeroFor("no limit"),
            "0",
            "Bytes of messages a second that one connection may send; as connection.send-rate.");

    /** How many bytes of requests may be under way. */
    public static final Setting<Long> IN_FLIGHT_SIZE = new Setting<>(
            "memory.in-flight-size",
            Quantity.bytes(8 * MIB, GIB),
            "32MiB",
            "Bytes of all message bodies that are not answered yet; above it senders are answered 'busy'.");

    /** How many bytes of unfinished frames there may be. */
    public static final Setting<Long> UNPARSED_SIZE = new Setting<>(
            "memory.unparsed-size",
            Quantity.bytes(8 * MIB, GIB),
            "16MiB",
            "Bytes of all requests that have arrived in part; above it connections are closed.");

    private static final List<Setting<?>> ALL = List.of(
            DATA_DIR,
            HOST,
            ADVERTISE,
            NAME_SERVER_PORT,
            BROKER_PORT,
            GRPC_ENABLED,
            GRPC_PORT,
            GRPC_CERTIFICATE,
            GRPC_KEY,
            CLUSTER_NAME,
            BROKER_NAME,
            FLUSH,
            FLUSH_INTERVAL,
            CREATE_TOPICS,
            CREATE_GROUPS,
            QUEUE_LOCK_TIME,
            ORDER_LOCK_TIME,
            RETENTION_TIME,
            RETENTION_SIZE,
            SEGMENT_SIZE,
            RESERVE_SIZE,
            CHECKPOINT_SIZE,
            CHECKPOINT_INTERVAL,
            SCRUB_RATE,
            ACCEPT_DAMAGE,
            TRANSACTION_TIMEOUT,
            TRANSACTION_CHECK_INTERVAL,
            TRANSACTION_CHECK_MAX,
            TRANSACTION_UNDECIDED_MAX,
            CONNECTIONS_MAX,
            REQUESTS_MAX,
            WAITING_PULLS_MAX,
            STALL_TIMEOUT,
            IDLE_TIMEOUT,
            SEND_RATE,
            SEND_BYTE_RATE,
            IN_FLIGHT_SIZE,
            UNPARSED_SIZE);

    private ServerSetting() {}

    /**
     * All of them.
     *
     * @return in the order of the documentation
     */
    public static List<Setting<?>> all() {
        return ALL;
    }

    /** Their keys, in the same order. */
    static List<String> keys() {
        return ALL.stream().<String>map(Setting::key).toList();
    }

    static Optional<Setting<?>> find(String key) {
        return ALL.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }
}
