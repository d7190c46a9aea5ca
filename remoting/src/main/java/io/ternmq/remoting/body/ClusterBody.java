package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * All brokers, and which cluster each belongs to.
 *
 * @param brokers every broker once
 */
public record ClusterBody(List<BrokerRow> brokers) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("brokerAddrTable");
        for (BrokerRow broker : brokers) {
            json.writeFieldName(broker.brokerName());
            broker.writeTo(json);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("clusterAddrTable");
        for (String cluster :
                brokers.stream().map(BrokerRow::clusterName).distinct().toList()) {
            Json.writeTexts(json, cluster, brokersOf(cluster));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private List<String> brokersOf(String cluster) {
        return brokers.stream()
                .filter(broker -> broker.clusterName().equals(cluster))
                .map(BrokerRow::brokerName)
                .toList();
    }
}
