package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table of texts.
 *
 * @param table names and values
 */
public record KeyValueBody(Map<String, String> table) implements JsonBody {
    /** Keeps a sorted copy. */
    public KeyValueBody {
        table = new TreeMap<>(table);
    }

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        Json.writeTexts(json, "table", table);
        json.writeEndObject();
    }
}
