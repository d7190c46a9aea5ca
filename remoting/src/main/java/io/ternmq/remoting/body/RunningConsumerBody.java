package io.ternmq.remoting.body;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ternmq.broker.member.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a running consumer says of itself when it is asked. */
public final class RunningConsumerBody {
    private static final String SUBSCRIPTIONS = "subscriptionSet";

    private RunningConsumerBody() {}

    /** @return what the consumer subscribes to, as it is now; empty when it does not say */
    public static List<Subscription> subscriptionsOf(ByteBuf body) {
        String set = ClientText.cut(body.toString(StandardCharsets.UTF_8), SUBSCRIPTIONS);
        List<Subscription> subscriptions = new ArrayList<>();
        if (set != null) {
            String object = "{\"" + SUBSCRIPTIONS + "\":" + set + "}";
            Json.readObject(
                    Unpooled.copiedBuffer(object, StandardCharsets.UTF_8),
                    (field, value) -> subscriptions.addAll(Json.readArray(value, SubscriptionJson::parse)));
        }
        return subscriptions;
    }
}
