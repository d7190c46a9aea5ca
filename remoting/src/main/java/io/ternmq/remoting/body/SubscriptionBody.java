package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ternmq.broker.member.Subscription;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a group subscribes to in one topic.
 *
 * @param group the group's name
 * @param topic the topic's name
 * @param subscription the subscription, or null where it has none
 */
public record SubscriptionBody(
        String group, String topic, @Nullable Subscription subscription) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("group", group);
        if (subscription != null) {
            json.writeFieldName("subscriptionData");
            SubscriptionJson.write(json, subscription);
        }
        json.writeStringField("topic", topic);
        json.writeEndObject();
    }
}
