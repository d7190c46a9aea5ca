package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The version of a table, as RocketMQ's brokers exchange it among themselves; clients want the field, not the value. */
final class DataVersion {
    private DataVersion() {}

    static void write(JsonGenerator json, String field) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("counter", 0);
        json.writeNumberField("stateVersion", 0);
        json.writeNumberField("timestamp", 0);
        json.writeEndObject();
    }
}
