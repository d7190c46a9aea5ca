package io.ternmq.client.json;

/**
 * RocketMQ's maps may have objects for keys, <code>{{"queueId":1}:5}</code>, which is no JSON. Here each such key becomes a text that holds the
 * object: <code>{"{\"queueId\":1}":5}</code>. What else is wrong is left for the parser to find. One text, one thread.
 */
final class ObjectKeys {

    private final String json;
    private final StringBuilder out;
    /** A letter for each object or array that is open: its closing bracket. */
    private final StringBuilder open = new StringBuilder();

    private int at;

    private ObjectKeys(String json) {
        this.json = json;
        this.out = new StringBuilder(json.length() + json.length() / 4);
    }

    static String toTexts(String json) {
        return new ObjectKeys(json).toTexts();
    }

    private String toTexts() {
        boolean keyIsNext = false;
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c == '{' && keyIsNext) {
                keyIsNext = false;
                quote(skipObject());
                continue;
            }
            if (!Character.isWhitespace(c)) {
                keyIsNext = c == '{' || (c == ',' && isInObject());
            }
            nest(c);
            int from = at;
            at = c == '"' ? endOfText(at) : at + 1;
            out.append(json, from, at);
        }
        return out.toString();
    }

    private void nest(char c) {
        switch (c) {
            case '{' -> open.append('}');
            case '[' -> open.append(']');
            case '}', ']' -> open.setLength(Math.max(0, open.length() - 1));
            default -> {
                // it does not nest
            }
        }
    }

    private boolean isInObject() {
        return !open.isEmpty() && open.charAt(open.length() - 1) == '}';
    }

    private String skipObject() {
        int from = at;
        int depth = 0;
        do {
            char c = json.charAt(at);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            at = c == '"' ? endOfText(at) : at + 1;
        } while (depth > 0 && at < json.length());
        return json.substring(from, at);
    }

    /** Behind the quotation mark that ends the text which begins there; at the end when none does. */
    private int endOfText(int from) {
        for (int i = from + 1; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            i += c == '\\' ? 1 : 0;
        }
        return json.length();
    }

    private void quote(String object) {
        out.append('"')
                .append(object.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"');
    }
}
