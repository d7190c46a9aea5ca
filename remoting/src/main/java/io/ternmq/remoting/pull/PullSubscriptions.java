package io.ternmq.remoting.pull;

import io.ternmq.broker.member.Membership;
import io.ternmq.broker.member.Subscription;
import io.ternmq.protocol.remoting.PullRequest;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.connection.Exchange;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds out what a pull wants: it says so itself, its group said so in a heartbeat, or its client is asked. For one event loop. */
final class PullSubscriptions {
    private final Membership membership;
    private final RecentSubscriptions recent = new RecentSubscriptions();
    private final SubscriptionQuestions questions;

    PullSubscriptions(Membership membership) {
        this.membership = membership;
        this.questions = new SubscriptionQuestions(membership);
    }

    /** Hands on the request's subscription or its group's, now or later; when there is none that fits, it answers that. */
    void find(Exchange exchange, PullRequest pull, Consumer<Subscription> next) {
        if (pull.carriesSubscription()) {
            Subscription own = recent.get(pull.topic(), orEmpty(pull.expressionType()), orEmpty(pull.subscription()));
            handOn(exchange, own, ResponseCode.SUBSCRIPTION_PARSE_FAILED, next);
            return;
        }
        Subscription subscription = ofGroup(pull);
        if (subscription != null && subscription.version() < pull.subVersion()) {
            aheadOfHeartbeat(exchange, pull, next);
        } else {
            handOnOfGroup(exchange, pull, subscription, next);
        }
    }

    /**
     * The consumer has changed its subscription, or the client has counted its version up for a rebalance, and the heartbeat
     * with it is still to come, which may take half a minute: clients leave one out while another is under way. By tag they look
     * once more themselves, so such a consumer is given everything; otherwise the client is asked.
     */
    private void aheadOfHeartbeat(Exchange exchange, PullRequest pull, Consumer<Subscription> next) {
        String type = orEmpty(pull.expressionType());
        if (type.isEmpty() || type.equals(Subscription.TYPE_TAG)) {
            next.accept(recent.get(pull.topic(), Subscription.TYPE_TAG, Subscription.EVERYTHING));
        } else {
            questions.ask(exchange.connection(), pull.consumerGroup(), () -> afterQuestion(exchange, pull, next));
        }
    }

    private void afterQuestion(Exchange exchange, PullRequest pull, Consumer<Subscription> next) {
        Subscription subscription = ofGroup(pull);
        if (subscription != null && subscription.version() < pull.subVersion()) {
            exchange.answer(ResponseCode.SUBSCRIPTION_NOT_LATEST, "the subscription is older than the consumer's");
        } else {
            handOnOfGroup(exchange, pull, subscription, next);
        }
    }

    private static void handOnOfGroup(
            Exchange exchange, PullRequest pull, @Nullable Subscription subscription, Consumer<Subscription> next) {
        if (subscription == null) {
            exchange.answer(
                    ResponseCode.SUBSCRIPTION_NOT_EXIST,
                    "the group '" + pull.consumerGroup() + "' does not subscribe to '" + pull.topic() + "'");
        } else {
            handOn(exchange, subscription, ResponseCode.FILTER_DATA_NOT_EXIST, next);
        }
    }

    private static void handOn(
            Exchange exchange, Subscription subscription, int codeIfNot, Consumer<Subscription> next) {
        String problem = subscription.problem();
        if (problem == null) {
            next.accept(subscription);
        } else {
            exchange.answer(codeIfNot, problem);
        }
    }

    private @Nullable Subscription ofGroup(PullRequest pull) {
        return membership.subscription(pull.consumerGroup(), pull.topic());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
