package io.ternmq.remoting.body;

import org.jspecify.annotations.Nullable;

/** What a client wrote in its own dialect of JSON, which has objects as keys, so that no parser may read it as a whole. */
final class ClientText {
    private ClientText() {}

    /**
     * Cuts a value out of a client's body without understanding it.
     *
     * @return the object or array that follows the field, its brackets included; null when the field is not there
     */
    static @Nullable String cut(String body, String field) {
        int at = body.indexOf('"' + field + '"');
        int from = at < 0 ? -1 : opening(body, at);
        return from < 0 ? null : body.substring(from, closing(body, from, field) + 1);
    }

    private static int opening(String body, int at) {
        for (int i = at; i < body.length(); i++) {
            if (isOpening(body.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static int closing(String body, int from, String field) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < body.length(); i++) {
            char c = body.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (isOpening(c)) {
                depth++;
            } else if (isClosing(c) && --depth == 0) {
                return i;
            }
        }
        throw new BodyFormatException("body: '" + field + "' does not end (expected: JSON)");
    }

    private static boolean isOpening(char c) {
        return c == '{' || c == '[';
    }

    private static boolean isClosing(char c) {
        return c == '}' || c == ']';
    }
}
