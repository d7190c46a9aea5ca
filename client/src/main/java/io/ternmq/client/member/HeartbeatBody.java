package io.ternmq.client.member;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ternmq.Filter;
import io.ternmq.StartAt;
import io.ternmq.client.json.JsonText;
import io.ternmq.client.message.TagFilter;
import io.ternmq.engine.MemberTerms;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a client tells brokers of itself.
 *
 * @param clientId       its name
 * @param producerGroups the groups in which it produces
 * @param consumers      how it consumes, for each group
 * @param version        of the subscriptions; rises when they change
 */
record HeartbeatBody(
        String clientId, Collection<String> producerGroups, Collection<MemberTerms> consumers, long version) {

    byte[] toBytes() {
        return JsonText.of(this::write);
    }

    /** What a broker is asked to check before a member begins. */
    byte[] subscription(String group, String topic, Filter filter) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("clientId", clientId);
            json.writeStringField("group", group);
            json.writeFieldName("subscriptionData");
            writeSubscription(json, topic, filter);
            json.writeEndObject();
        });
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("clientID", clientId);
        json.writeArrayFieldStart("consumerDataSet");
        for (MemberTerms consumer : consumers) {
            writeConsumer(json, consumer);
        }
        json.writeEndArray();
        json.writeNumberField("heartbeatFingerprint", 0);
        json.writeArrayFieldStart("producerDataSet");
        for (String group : producerGroups) {
            json.writeStartObject();
            json.writeStringField("groupName", group);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("withoutSub", false);
        json.writeEndObject();
    }

    private void writeConsumer(JsonGenerator json, MemberTerms terms) throws IOException {
        json.writeStartObject();
        json.writeStringField(
                "consumeFromWhere",
                terms.start() == StartAt.EARLIEST ? "CONSUME_FROM_FIRST_OFFSET" : "CONSUME_FROM_LAST_OFFSET");
        json.writeStringField(
                "consumeType", terms.mode() == MemberTerms.Mode.LEASED ? "CONSUME_POP" : "CONSUME_PASSIVELY");
        json.writeStringField("groupName", terms.group());
        json.writeStringField(
                "messageModel", terms.mode() == MemberTerms.Mode.BROADCAST ? "BROADCASTING" : "CLUSTERING");
        json.writeArrayFieldStart("subscriptionDataSet");
        for (Map.Entry<String, Filter> topic : terms.topics().entrySet()) {
            writeSubscription(json, topic.getKey(), topic.getValue());
        }
        json.writeEndArray();
        json.writeBooleanField("unitMode", false);
        json.writeEndObject();
    }

    private void writeSubscription(JsonGenerator json, String topic, Filter filter) throws IOException {
        List<String> tags = tags(filter);
        json.writeStartObject();
        json.writeBooleanField("classFilterMode", false);
        json.writeArrayFieldStart("codeSet");
        for (String tag : tags) {
            json.writeNumber(tag.hashCode());
        }
        json.writeEndArray();
        json.writeStringField("expressionType", TagFilter.language(filter));
        json.writeStringField("subString", filter.expression());
        json.writeNumberField("subVersion", version);
        json.writeArrayFieldStart("tagsSet");
        for (String tag : tags) {
            json.writeString(tag);
        }
        json.writeEndArray();
        json.writeStringField("topic", topic);
        json.writeEndObject();
    }

    private static List<String> tags(Filter filter) {
        boolean isAll = filter.expression().trim().equals("*");
        return filter.kind() != Filter.Kind.TAG || isAll
                ? List.of()
                : Arrays.stream(filter.expression().split("\\|\\|"))
                        .map(String::trim)
                        .filter(tag -> !tag.isEmpty())
                        .distinct()
                        .toList();
    }
}
