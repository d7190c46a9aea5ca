package io.ternmq.server.cli;

import io.ternmq.client.json.JsonText;
import io.ternmq.log.RecoveryReport;
import io.ternmq.server.ServerSetting;
import io.ternmq.server.Settings;
import io.ternmq.server.TernServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a server that has started says of itself: where it listens, where its data is, what it found there. */
final class Readiness {

    private final TernServer server;
    private final Settings settings;
    private final RecoveryReport recovery;

    Readiness(TernServer server) {
        this.server = server;
        this.settings = server.settings();
        this.recovery = server.recoveryReport();
    }

    /** For people: some lines. */
    String text() {
        var lines = new StringBuilder("TernMQ " + Version.current() + " is ready\n");
        lines.append("  clients   ").append(at(server.nameServerPort())).append('\n');
        lines.append("  broker    ").append(at(server.brokerPort()));
        lines.append(" and ").append(server.brokerPort() - 2).append('\n');
        if (server.grpcPort() > 0) {
            lines.append("  gRPC      ").append(at(server.grpcPort())).append(", with TLS or without\n");
        }
        lines.append("  data      ").append(dataFolder()).append(", flush.mode=");
        lines.append(flushMode()).append('\n');
        return lines.append("  recovery  ").append(recoveryText()).toString();
    }

    /** For programs: one line. */
    String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", Version.current());
        fields.put("pid", ProcessHandle.current().pid());
        fields.put("clients", at(server.nameServerPort()));
        fields.put("broker", at(server.brokerPort()));
        if (server.grpcPort() > 0) {
            fields.put("grpc", at(server.grpcPort()));
        }
        fields.put("data", dataFolder().toString());
        fields.put("flushMode", flushMode());
        fields.put("recovery", recoveryFields());
        return JsonText.line(fields);
    }

    private String at(int port) {
        return settings.get(ServerSetting.HOST) + ":" + port;
    }

    private Path dataFolder() {
        return Path.of(settings.get(ServerSetting.DATA_DIR)).toAbsolutePath().normalize();
    }

    private String flushMode() {
        return settings.get(ServerSetting.FLUSH).name().toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> recoveryFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("replayedBytes", recovery.replayedBytes());
        fields.put("tornBytes", recovery.tornBytes());
        fields.put("damagedRecords", recovery.damagedRecords());
        fields.put("damagedEntries", recovery.damagedEntries());
        fields.put("refusedCheckpoints", recovery.refusedCheckpoints());
        fields.put("indexRebuilt", recovery.indexRebuilt());
        if (recovery.readOnlyReason() != null) {
            fields.put("readOnlyReason", recovery.readOnlyReason());
        }
        return fields;
    }

    private String recoveryText() {
        var text = new StringBuilder();
        text.append(String.format("%,d bytes of the log read", recovery.replayedBytes()));
        if (recovery.tornBytes() > 0) {
            text.append(String.format(", %,d bytes cut that were never acknowledged", recovery.tornBytes()));
        }
        if (recovery.damagedRecords() + recovery.damagedEntries() > 0) {
            text.append(String.format(
                    ", damaged: %,d messages, %,d entries", recovery.damagedRecords(), recovery.damagedEntries()));
        }
        if (recovery.refusedCheckpoints() > 0) {
            text.append(String.format(", %,d checkpoints not good", recovery.refusedCheckpoints()));
        }
        if (recovery.indexRebuilt()) {
            text.append(", index rebuilt");
        }
        if (recovery.readOnlyReason() != null) {
            text.append("; READ-ONLY: ").append(recovery.readOnlyReason());
            text.append(" (--set log.accept-damage=true lets it write again)");
        }
        return text.toString();
    }
}
