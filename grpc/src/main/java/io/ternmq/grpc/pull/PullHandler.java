package io.ternmq.grpc.pull;

import apache.rocketmq.v2.PullMessageRequest;
import apache.rocketmq.v2.PullMessageResponse;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.OutboundBytes;
import io.ternmq.grpc.client.ClientSession;
import io.ternmq.grpc.client.ClientSessions;
import io.ternmq.grpc.client.SettingsAnswer;
import io.ternmq.grpc.convert.NameRules;
import io.ternmq.grpc.convert.Times;
import io.ternmq.grpc.receive.ConsumerGate;
import io.ternmq.grpc.receive.Filters;
import io.ternmq.grpc.receive.ReceiveLimits;
import io.ternmq.grpc.receive.RecentReads;
import io.ternmq.log.ReadLimits;

/** Gives messages by offset: checks who asks for what, and leaves the rest to a {@link PullJob}. Any event loop. */
public final class PullHandler {
    /** So many messages are looked at before a client is told to go on from there. */
    private static final int SCAN_COUNT_MAX = 4_096;

    private final Broker broker;
    private final ConsumerGate gate;
    private final ClientSessions sessions;
    private final PullJob.Surroundings surroundings;

    /**
     * @param gate says who may consume
     * @param sessions tell who is there
     * @param outbound bounds what clients have not taken
     */
    public PullHandler(Broker broker, ConsumerGate gate, ClientSessions sessions, OutboundBytes outbound) {
        this.broker = broker;
        this.gate = gate;
        this.sessions = sessions;
        this.surroundings = new PullJob.Surroundings(broker, gate, outbound, new RecentReads(broker.shard()));
    }

    /** Answers with messages, or with the word that there are none; and with the offset to go on from. */
    public void pull(Call<PullMessageResponse> call, PullMessageRequest request) {
        NamedQueue queue =
                NamedQueue.of(request.getMessageQueue(), broker.shard().catalog());
        String group = NameRules.group(request.getGroup());
        long wantedMs = request.hasLongPollingTimeout()
                ? Times.ms(request.getLongPollingTimeout())
                : SettingsAnswer.RECEIVE_WAIT_MS;
        long waitMs = ReceiveLimits.wait(wantedMs, call.remainingMs());
        gate.check(group, queue.topic());
        int count = Math.max(1, Math.min(request.getBatchSize(), ReceiveLimits.COUNT_MAX));
        Pull pull = new Pull(
                group,
                queue,
                Filters.subscription(queue.topic(), request.getFilterExpression()),
                request.getOffset(),
                new ReadLimits(count, ReceiveLimits.BYTES_MAX, SCAN_COUNT_MAX),
                waitMs == 0 ? 0 : broker.shard().timeMs() + waitMs);
        GroupConfig known = broker.shard().catalog().group(group);
        GroupConfig config = known == null ? GroupConfig.of(group) : known;
        ClientSession member = sessions.get(call.headers().clientId());
        new PullJob(
                        surroundings,
                        call,
                        pull,
                        broker.throttles().gate(config, call.connection().throttles()),
                        member)
                .start();
    }
}
