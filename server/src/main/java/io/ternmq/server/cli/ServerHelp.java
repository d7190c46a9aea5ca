package io.ternmq.server.cli;

import io.ternmq.server.ServerSetting;
import io.ternmq.server.Setting;
import java.util.ArrayList;
import java.util.List;

/** What {@code tern server --help} prints: flags, every setting, examples. */
final class ServerHelp {

    private static final int WIDTH = 100;
    private static final String INDENT = "      ";

    private ServerHelp() {}

    static String text() {
        List<String> lines = new ArrayList<>();
        lines.add("Usage: tern server [OPTIONS]");
        lines.add("Runs the message queue in this process until it is told to stop (Ctrl-C, SIGTERM).");
        lines.add("");
        lines.add("Options:");
        for (ServerFlag flag : ServerFlag.values()) {
            lines.add(String.format("  %-18s %s", flag.flag() + " " + flag.valueName(), flag.doc()));
        }
        lines.add(String.format("  %-18s %s", "--json", "say in one line of JSON where it listens and what it found"));
        lines.add(String.format("  %-18s %s", "--help, -h", "show this"));
        lines.add("");
        lines.add("Settings, for --set and --config; flags win over --set, --set over the file:");
        for (Setting<?> setting : ServerSetting.all()) {
            String value = setting.defaultText().isEmpty() ? "(nothing)" : setting.defaultText();
            lines.add("  " + setting.key() + " = " + value);
            lines.addAll(wrap(setting.doc()));
            lines.addAll(wrap("Expected: " + setting.type().expectation() + "."));
        }
        lines.add("");
        lines.add("Examples:");
        lines.add("  tern server");
        lines.add("  tern server --port 9876 --data /var/lib/tern --set flush.mode=async");
        lines.add("  tern server --host 0.0.0.0 --advertise mq.example.org --config tern.properties");
        return String.join("\n", lines);
    }

    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder(INDENT);
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
