package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A map from queues to something, in the dialect of RocketMQ's clients: {@code {{"brokerName":…}:…,…}}, with objects
 * as keys. Standard JSON has no such thing, and clients accept nothing else here.
 */
final class QueueTable {
    private QueueTable() {}

    static void write(JsonGenerator json, String field, Map<QueueName, ? extends JsonBody> table) throws IOException {
        StringJoiner text = new StringJoiner(",", "{", "}");
        for (Map.Entry<QueueName, ? extends JsonBody> row : table.entrySet()) {
            text.add(Json.toText(row.getKey()) + ":" + Json.toText(row.getValue()));
        }
        json.writeFieldName(field);
        json.writeRawValue(text.toString());
    }

    static void writeNumbers(JsonGenerator json, String field, Map<QueueName, Long> table) throws IOException {
        StringJoiner text = new StringJoiner(",", "{", "}");
        for (Map.Entry<QueueName, Long> row : table.entrySet()) {
            text.add(Json.toText(row.getKey()) + ":" + row.getValue());
        }
        json.writeFieldName(field);
        json.writeRawValue(text.toString());
    }

    /**
     * Cuts a table out of a client's body without understanding it, for handing it on.
     *
     * @return the object that follows the field, braces included; an empty one when the field is not there
     */
    static String cut(String body, String field) {
        int at = body.indexOf('"' + field + '"');
        int from = at < 0 ? -1 : body.indexOf('{', at);
        if (from < 0) {
            return "{}";
        }
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < body.length(); i++) {
            char c = body.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return body.substring(from, i + 1);
            }
        }
        throw new BodyFormatException("body: '" + field + "' does not end (expected: a JSON object)");
    }
}
