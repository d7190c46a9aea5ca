package io.ternmq.server.cli;

import io.ternmq.server.ServerSetting;
import io.ternmq.server.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The flags of {@code tern server}; most are short for a setting. */
enum ServerFlag {
    /** Data folder. */
    DATA("--data", "DIR", "folder of everything that is kept (default: ./data)"),
    /** One port for all. */
    PORT("--port", "P", "port for all but gRPC, which is one below it (default: 9876, 10911; gRPC 8081)"),
    /** Listen address. */
    HOST("--host", "H", "address to listen on (default: 127.0.0.1)"),
    /** Address for clients. */
    ADVERTISE("--advertise", "H", "host name or address that clients are told"),
    /** Properties file. */
    CONFIG("--config", "FILE", "properties file with settings"),
    /** One setting. */
    SET("--set", "KEY=VALUE", "one setting; may be repeated");

    private final String flag;
    private final String valueName;
    private final String doc;

    ServerFlag(String flag, String valueName, String doc) {
        this.flag = flag;
        this.valueName = valueName;
        this.doc = doc;
    }

    String flag() {
        return flag;
    }

    String valueName() {
        return valueName;
    }

    String doc() {
        return doc;
    }

    /** What the flag sets; none for the two that carry settings inside their value. */
    List<Setting<?>> settings() {
        return switch (this) {
            case DATA -> List.of(ServerSetting.DATA_DIR);
            case PORT -> List.of(ServerSetting.NAME_SERVER_PORT, ServerSetting.BROKER_PORT, ServerSetting.GRPC_PORT);
            case HOST -> List.of(ServerSetting.HOST);
            case ADVERTISE -> List.of(ServerSetting.ADVERTISE);
            case CONFIG, SET -> List.of();
        };
    }

    /** What a setting gets from the flag's value: the same, but for the port of gRPC, which is one less. */
    String value(Setting<?> setting, String value) {
        return setting.equals(ServerSetting.GRPC_PORT) && !value.equals("0")
                ? Integer.toString(Integer.parseInt(value) - 1)
                : value;
    }

    /** @throws UsageException when there is no such flag */
    static ServerFlag find(String flag) {
        return Arrays.stream(values())
                .filter(known -> known.flag.equals(flag))
                .findFirst()
                .orElseThrow(() -> new UsageException("unknown option '" + flag + "' (expected: "
                        + Arrays.stream(values()).map(ServerFlag::flag).collect(Collectors.joining(", "))
                        + ", --json or --help)"));
    }
}
