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
}
