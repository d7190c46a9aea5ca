package io.ternmq.grpc.receive;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.ReceiveMessageRequest;
import apache.rocketmq.v2.ReceiveMessageResponse;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.ConsumerRules;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.traffic.Gate;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.call.OutboundBytes;
import io.ternmq.grpc.client.ClientSessions;
import io.ternmq.grpc.client.SettingsAnswer;
import io.ternmq.grpc.convert.NameRules;
import io.ternmq.grpc.convert.Times;
import org.jspecify.annotations.Nullable;

/** Hands messages out by lease: checks who asks for what, and leaves the rest to a {@link ReceiveJob}. Any event loop. */
public final class ReceiveHandler {
    private final Broker broker;
    private final ConsumerGate gate;
    private final ClientSessions sessions;
    private final ReceiveJob.Surroundings surroundings;

    /**
     * @param rules say who may consume
     * @param sessions tell who is there
     * @param outbound bounds what clients have not taken
     */
    public ReceiveHandler(Broker broker, ConsumerRules rules, ClientSessions sessions, OutboundBytes outbound) {
        this.broker = broker;
        this.gate = new ConsumerGate(rules);
        this.sessions = sessions;
        this.surroundings = new ReceiveJob.Surroundings(broker, rules, outbound, new RecentReads(broker.shard()));
    }

    /** Answers with messages, or with the word that there are none. */
    public void receive(Call<ReceiveMessageResponse> call, ReceiveMessageRequest request) {
        String topic = NameRules.topic(request.getMessageQueue().getTopic());
        String group = NameRules.group(request.getGroup());
        long waitMs = ReceiveLimits.wait(wantedWaitMs(request), call.remainingMs());
        long invisibleMs = request.getAutoRenew()
                ? ReceiveLimits.RENEWED_MS
                : ReceiveLimits.invisible(Times.ms(request.getInvisibleDuration()), ReceiveLimits.INVISIBLE_MS_MIN);
        gate.check(group, topic);
        GroupConfig known = broker.shard().catalog().group(group);
        GroupConfig config = known == null ? GroupConfig.of(group) : known;
        Wanted wanted = new Wanted(
                group,
                topic,
                Filters.subscription(topic, request.getFilterExpression()),
                config.ordered(),
                config.retryMax(),
                Math.max(1, Math.min(request.getBatchSize(), ReceiveLimits.COUNT_MAX)),
                invisibleMs,
                waitMs == 0 ? 0 : broker.shard().timeMs() + waitMs,
                request.getAutoRenew()
                        ? new StreamRenewal(sessions, call.headers().clientId())
                        : null,
                attemptId(request));
        Gate rates = broker.throttles().gate(config, call.connection().throttles());
        new ReceiveJob(surroundings, call, wanted, rates).start();
    }

    /** The C++ push consumer does not say it, and asks again as soon as it has its answer. */
    private static long wantedWaitMs(ReceiveMessageRequest request) {
        return request.hasLongPollingTimeout()
                ? Times.ms(request.getLongPollingTimeout())
                : SettingsAnswer.RECEIVE_WAIT_MS;
    }

    private static @Nullable String attemptId(ReceiveMessageRequest request) {
        String id = request.getAttemptId();
        if (id.length() > ReceiveLimits.ATTEMPT_ID_CHARS_MAX) {
            throw new CallRefused(
                    Code.BAD_REQUEST,
                    "attempt id: " + id.length() + " characters (expected: " + ReceiveLimits.ATTEMPT_ID_CHARS_MAX
                            + " at most)");
        }
        return id.isEmpty() ? null : id;
    }
}
