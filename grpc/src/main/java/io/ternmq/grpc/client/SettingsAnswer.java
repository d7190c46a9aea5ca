package io.ternmq.grpc.client;

import apache.rocketmq.v2.CustomizedBackoff;
import apache.rocketmq.v2.ExponentialBackoff;
import apache.rocketmq.v2.Metric;
import apache.rocketmq.v2.Settings;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.delay.DelayLevels;
import io.ternmq.grpc.convert.Times;
import io.ternmq.protocol.message.MessageRecordLayout;
import java.util.List;

/** What a client is told to do: its own settings, with what is decided here. */
public final class SettingsAnswer {
    private static final int SEND_ATTEMPTS = 3;
    private static final long SEND_BACKOFF_MS = 10;
    private static final long SEND_BACKOFF_MS_MAX = 1_000;
    private static final int SEND_BACKOFF_MULTIPLIER = 2;
    private static final int RECEIVE_COUNT = 32;
    /** So long consumers are told to wait for messages, in milliseconds. */
    public static final long RECEIVE_WAIT_MS = 20_000;

    private SettingsAnswer() {}

    /** @return for somebody who sends */
    static Settings ofProducer(Settings own) {
        Settings.Builder answer = own.toBuilder().setMetric(Metric.newBuilder().setOn(false));
        answer.getBackoffPolicyBuilder()
                .setMaxAttempts(SEND_ATTEMPTS)
                .setExponentialBackoff(exponential(SEND_BACKOFF_MS, SEND_BACKOFF_MS_MAX, SEND_BACKOFF_MULTIPLIER));
        answer.getPublishingBuilder()
                .setMaxBodySize(MessageRecordLayout.BODY_BYTES_MAX)
                .setValidateMessageType(true);
        return answer.build();
    }

    /** @return for a member of that group */
    static Settings ofConsumer(Settings own, GroupConfig group) {
        Settings.Builder answer = own.toBuilder().setMetric(Metric.newBuilder().setOn(false));
        answer.getSubscriptionBuilder()
                .setFifo(group.ordered())
                .setReceiveBatchSize(RECEIVE_COUNT)
                .setLongPollingTimeout(Times.duration(RECEIVE_WAIT_MS));
        apache.rocketmq.v2.RetryPolicy.Builder backoff =
                answer.getBackoffPolicyBuilder().setMaxAttempts(group.retryMax() + 1);
        if (group.retryPolicy() instanceof RetryPolicy.Exponential policy) {
            backoff.setExponentialBackoff(exponential(policy.initialMs(), policy.maxMs(), policy.multiplier()));
        } else if (group.retryPolicy() instanceof RetryPolicy.Custom policy) {
            backoff.setCustomizedBackoff(table(policy.delaysMs()));
        } else {
            backoff.setCustomizedBackoff(table(DelayLevels.allMs()));
        }
        return answer.build();
    }

    private static ExponentialBackoff exponential(long initialMs, long maxMs, long multiplier) {
        return ExponentialBackoff.newBuilder()
                .setInitial(Times.duration(initialMs))
                .setMax(Times.duration(maxMs))
                .setMultiplier((float) multiplier)
                .build();
    }

    private static CustomizedBackoff table(List<Long> delaysMs) {
        CustomizedBackoff.Builder table = CustomizedBackoff.newBuilder();
        delaysMs.forEach(delayMs -> table.addNext(Times.duration(delayMs)));
        return table.build();
    }
}
