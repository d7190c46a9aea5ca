package io.ternmq.remoting.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The notation in which clients change attributes: {@code +name=value} sets one, {@code -name} takes one away. */
final class Attributes {
    private Attributes() {}

    /** @return names with their signs, and values; of a text with commas between */
    static Map<String, String> parse(@Nullable String text) {
        Map<String, String> changes = new HashMap<>();
        if (text == null || text.isBlank()) {
            return changes;
        }
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                changes.put(part.strip(), "");
            } else {
                changes.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return changes;
    }

    /** @return what is set after the changes; a name without a sign is set */
    static Map<String, String> change(Map<String, String> current, Map<String, String> changes) {
        Map<String, String> changed = new TreeMap<>(current);
        changes.forEach((name, value) -> {
            if (name.startsWith("-")) {
                changed.remove(name.substring(1));
            } else {
                changed.put(name.startsWith("+") ? name.substring(1) : name, value);
            }
        });
        return changed;
    }
}
