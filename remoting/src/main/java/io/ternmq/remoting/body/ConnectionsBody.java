package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.Member;
import io.ternmq.broker.member.Subscription;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The members of groups, with the connections behind them. */
public final class ConnectionsBody {
    private ConnectionsBody() {}

    /** @return a consumer group with its members and subscriptions */
    public static JsonBody ofConsumers(ConsumerGroupView group) {
        return json -> {
            json.writeStartObject();
            writeMembers(json, group.members());
            json.writeStringField(
                    "consumeFromWhere", ConsumerWords.of(group.kind().start()));
            json.writeStringField("consumeType", ConsumerWords.of(group.kind().fetch()));
            json.writeStringField("messageModel", ConsumerWords.of(group.kind().sharing()));
            json.writeObjectFieldStart("subscriptionTable");
            for (Subscription subscription : group.subscriptions()) {
                json.writeFieldName(subscription.topic());
                SubscriptionJson.write(json, subscription);
            }
            json.writeEndObject();
            json.writeEndObject();
        };
    }

    /** @return the members of a producer group */
    public static JsonBody ofProducers(List<Member> members) {
        return json -> {
            json.writeStartObject();
            writeMembers(json, members);
            json.writeEndObject();
        };
    }

    /** @return the members of all producer groups; the time is when that was so */
    public static JsonBody ofAllProducers(Map<String, List<Member>> groups, long nowMs) {
        return json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("data");
            for (Map.Entry<String, List<Member>> group : groups.entrySet()) {
                json.writeArrayFieldStart(group.getKey());
                for (Member member : group.getValue()) {
                    writeProducer(json, member, nowMs);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeEndObject();
        };
    }

    private static void writeMembers(JsonGenerator json, List<Member> members) throws IOException {
        json.writeArrayFieldStart("connectionSet");
        for (Member member : members) {
            json.writeStartObject();
            json.writeStringField("clientAddr", member.connection().remoteAddress());
            json.writeStringField("clientId", member.clientId());
            json.writeStringField("language", member.language());
            json.writeNumberField("version", member.version());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeProducer(JsonGenerator json, Member member, long nowMs) throws IOException {
        json.writeStartObject();
        json.writeStringField("clientId", member.clientId());
        json.writeStringField("language", member.language());
        json.writeNumberField("lastUpdateTimestamp", nowMs);
        json.writeStringField("remoteIP", member.connection().remoteAddress());
        json.writeNumberField("version", member.version());
        json.writeEndObject();
    }
}
