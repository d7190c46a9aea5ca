package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the queues of a topic are.
 *
 * @param queues one row a broker that has queues of the topic
 * @param brokers the brokers that are named in {@code queues}
 * @param queueOrder a declared order of queues, or null for none
 */
public record RouteBody(
        List<QueueRow> queues,
        List<BrokerRow> brokers,
        @Nullable String queueOrder) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("brokerDatas");
        for (BrokerRow broker : brokers) {
            broker.writeTo(json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("filterServerTable");
        json.writeEndObject();
        if (queueOrder != null) {
            json.writeStringField("orderTopicConf", queueOrder);
        }
        json.writeArrayFieldStart("queueDatas");
        for (QueueRow queue : queues) {
            queue.writeTo(json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /**
     * The queues of a topic at one broker.
     *
     * @param brokerName the broker's name
     * @param readQueues how many queues consumers read
     * @param writeQueues how many queues producers write
     * @param permission the topic's permission bits
     */
    public record QueueRow(String brokerName, int readQueues, int writeQueues, int permission) implements JsonBody {
        @Override
        public void writeTo(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("brokerName", brokerName);
            json.writeNumberField("perm", permission);
            json.writeNumberField("readQueueNums", readQueues);
            json.writeNumberField("topicSysFlag", 0);
            json.writeNumberField("writeQueueNums", writeQueues);
            json.writeEndObject();
        }
    }
}
