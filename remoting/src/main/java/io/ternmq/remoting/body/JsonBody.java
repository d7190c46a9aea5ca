package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A body that is sent as JSON in UTF-8. */
@FunctionalInterface
public interface JsonBody {
    /** Writes itself as one JSON value. */
    void writeTo(JsonGenerator json) throws IOException;

    /** @return the JSON text */
    default byte[] toBytes() {
        return Json.toBytes(this);
    }
}
