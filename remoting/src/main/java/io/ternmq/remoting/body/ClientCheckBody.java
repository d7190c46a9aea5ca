package io.ternmq.remoting.body;

import io.netty.buffer.ByteBuf;
import io.ternmq.broker.member.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A consumer's question whether the broker understands its subscription.
 *
 * @param subscription the subscription, or null where the client sent none
 */
public record ClientCheckBody(@Nullable Subscription subscription) {
    /** @return the question in the body of a request */
    public static ClientCheckBody parse(ByteBuf body) {
        Subscription[] found = {null};
        Json.readObject(body, (name, value) -> {
            if (name.equals("subscriptionData")) {
                found[0] = SubscriptionJson.parse(value);
            }
        });
        return new ClientCheckBody(found[0]);
    }
}
