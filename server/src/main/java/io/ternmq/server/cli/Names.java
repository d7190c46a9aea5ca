package io.ternmq.server.cli;

/** Checks names before anything is asked of a server. */
final class Names {

    private static final int LENGTH_MAX = 255;

    private Names() {}

    /** @throws UsageException when no topic can have this name */
    static String checkTopic(String name) {
        return check("TOPIC", name);
    }

    /** @throws UsageException when no group can have this name */
    static String checkGroup(String name) {
        return check("GROUP", name);
    }

    private static String check(String what, String name) {
        boolean sound = !name.isEmpty()
                && name.length() <= LENGTH_MAX
                && name.chars().allMatch(c -> (c < 128 && Character.isLetterOrDigit(c)) || "%|-_".indexOf(c) >= 0);
        if (!sound) {
            throw new UsageException(
                    what + ": '" + name + "' (expected: 1.." + LENGTH_MAX + " letters, digits, '-', '_', '%' or '|')");
        }
        return name;
    }
}
