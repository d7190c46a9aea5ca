package io.ternmq.grpc.receive;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.FilterExpression;
import apache.rocketmq.v2.FilterType;
import io.ternmq.broker.member.Subscription;
import io.ternmq.grpc.call.CallRefused;

/** Which messages a request wants. */
public final class Filters {
    private Filters() {}

    /** @throws CallRefused when the expression is none */
    public static Subscription subscription(String topic, FilterExpression filter) {
        String type = filter.getType() == FilterType.SQL ? Subscription.TYPE_SQL : Subscription.TYPE_TAG;
        Subscription subscription = Subscription.parse(topic, type, filter.getExpression(), 0);
        String problem = subscription.problem();
        if (problem != null) {
            throw new CallRefused(Code.ILLEGAL_FILTER_EXPRESSION, problem);
        }
        return subscription;
    }
}
