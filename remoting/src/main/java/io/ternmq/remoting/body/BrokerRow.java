package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * A broker, and the one address it has.
 *
 * @param clusterName the cluster it belongs to
 * @param brokerName its name
 * @param address host and port for clients
 */
public record BrokerRow(String clusterName, String brokerName, String address) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("brokerAddrs");
        json.writeStringField("0", address);
        json.writeEndObject();
        json.writeStringField("brokerName", brokerName);
        json.writeStringField("cluster", clusterName);
        json.writeBooleanField("enableActingMaster", false);
        json.writeEndObject();
    }
}
