package io.ternmq.server.cli;

import io.ternmq.server.SettingException;
import io.ternmq.server.Settings;
import io.ternmq.server.SettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The arguments of {@code tern server}. Read by hand: a library that reads annotations would cost a fifth of a second of
 * every start.
 *
 * @param help     whether only help is wanted
 * @param json     whether the server says for programs that it is ready
 * @param settings what the server shall run with
 */
record ServerArguments(boolean help, boolean json, Settings settings) {

    /**
     * Reads them; whatever the order, flags win over {@code --set}, which wins over {@code --config}.
     *
     * @throws UsageException   for an unknown or incomplete flag
     * @throws SettingException for a wrong key or value
     */
    static ServerArguments parse(List<String> arguments) {
        var files = new SettingsReader();
        List<Runnable> sets = new ArrayList<>();
        List<Runnable> flags = new ArrayList<>();
        boolean help = false;
        boolean json = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            if (flag.equals("--help") || flag.equals("-h")) {
                help = true;
                continue;
            }
            if (argument.equals("--json")) {
                json = true;
                continue;
            }
            ServerFlag known = ServerFlag.find(flag);
            String value = equals < 0 ? next(rest, flag) : argument.substring(equals + 1);
            switch (known) {
                case CONFIG -> files.file(Path.of(value));
                case SET -> sets.add(() -> set(files, value));
                default ->
                    flags.add(() -> known.settings().forEach(key -> files.value(key, known.value(key, value), flag)));
            }
        }
        sets.forEach(Runnable::run);
        flags.forEach(Runnable::run);
        return new ServerArguments(help, json, files.settings());
    }

    private static String next(Iterator<String> rest, String flag) {
        if (!rest.hasNext()) {
            throw new UsageException(flag + ": '' (expected: a value)");
        }
        return rest.next();
    }

    private static void set(SettingsReader reader, String keyAndValue) {
        int equals = keyAndValue.indexOf('=');
        if (equals <= 0) {
            throw new UsageException("--set: '" + keyAndValue + "' (expected: key=value)");
        }
        reader.text(keyAndValue.substring(0, equals).trim(), keyAndValue.substring(equals + 1), "--set");
    }
}
