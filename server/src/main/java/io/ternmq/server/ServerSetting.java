package io.ternmq.server;

import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set, each with its key, default, unit, range and purpose. {@code docs/settings.md} and
 * {@code tern server --help} are made from this list.
 */
public final class ServerSetting {

    private static final int PORT_MAX = 65_535;

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
            new WholeNumber(0, PORT_MAX),
            "9876",
            "Port that clients are configured with. Every port answers name-server and broker requests alike;"
                    + " 0 takes any free one.");

    /** Port for broker requests. */
    public static final Setting<Integer> BROKER_PORT = new Setting<>(
            "broker.port",
            new WholeNumber(0, PORT_MAX),
            "10911",
            "Port that clients are told in routes; the same as nameserver.port puts everything on one port.");

    /** Whether broker ports minus 2 answer. */
    public static final Setting<Boolean> VIP_CHANNEL = new Setting<>(
            "broker.vip-channel",
            new YesNo(),
            "true",
            "Also listen two ports below broker.port: older clients and administration tools connect there.");

    /** Name of the cluster. */
    public static final Setting<String> CLUSTER_NAME =
            new Setting<>("cluster.name", Text.name(), "DefaultCluster", "Cluster name that clients and tools see.");

    /** Name of the broker in routes. */
    public static final Setting<String> BROKER_NAME = new Setting<>(
            "broker.name",
            Text.name(),
            "tern-0",
            "Broker name in routes. Clients that keep their own offsets keep them by this name: do not change it.");

    /** When a send is acknowledged. */
    public static final Setting<FlushMode> FLUSH = new Setting<>(
            "flush.mode",
            new OneOf<>(FlushMode.class),
            "sync",
            "When a send is acknowledged. sync: once the disk has it. async: at once; a power cut may cost what the"
                    + " last flush.interval wrote.");

    private static final List<Setting<?>> ALL = List.of(
            DATA_DIR, HOST, ADVERTISE, NAME_SERVER_PORT, BROKER_PORT, VIP_CHANNEL, CLUSTER_NAME, BROKER_NAME, FLUSH);

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
