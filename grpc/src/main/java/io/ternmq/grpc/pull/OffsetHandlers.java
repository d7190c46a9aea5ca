package io.ternmq.grpc.pull;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.GetOffsetRequest;
import apache.rocketmq.v2.GetOffsetResponse;
import apache.rocketmq.v2.QueryOffsetRequest;
import apache.rocketmq.v2.QueryOffsetResponse;
import apache.rocketmq.v2.UpdateOffsetRequest;
import apache.rocketmq.v2.UpdateOffsetResponse;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.call.Later;
import io.ternmq.grpc.call.Statuses;
import io.ternmq.grpc.client.ClientSession;
import io.ternmq.grpc.client.ClientSessions;
import io.ternmq.grpc.convert.NameRules;
import io.ternmq.grpc.convert.Times;
import io.ternmq.grpc.receive.ConsumerGate;
import io.ternmq.log.ReadScratch;
import java.util.function.Function;

/** How far groups are, and what queues hold. Any event loop. */
public final class OffsetHandlers {
    private static final UpdateOffsetResponse NOTED =
            UpdateOffsetResponse.newBuilder().setStatus(Statuses.OK).build();

    private final Broker broker;
    private final ConsumerGate gate;
    private final ClientSessions sessions;

    /**
     * @param gate says who may consume
     * @param sessions tell who is there
     */
    public OffsetHandlers(Broker broker, ConsumerGate gate, ClientSessions sessions) {
        this.broker = broker;
        this.gate = gate;
        this.sessions = sessions;
    }

    /** Takes note of where a group goes on. While others of it take from the queue by lease, a member's word changes nothing. */
    public void update(Call<UpdateOffsetResponse> call, UpdateOffsetRequest request) {
        NamedQueue queue =
                NamedQueue.of(request.getMessageQueue(), broker.shard().catalog());
        String group = NameRules.group(request.getGroup());
        gate.check(group, queue.topic());
        if (request.getOffset() < 0) {
            throw new CallRefused(Code.ILLEGAL_OFFSET, "offset: " + request.getOffset() + " (expected: 0..)");
        }
        CommittedOffset offset = new CommittedOffset(group, queue.topic(), queue.id(), request.getOffset());
        Later<CommittedOffset> answer = new Later<>(call, noted -> call.answer(NOTED));
        ClientSession member = sessions.get(call.headers().clientId());
        submit(
                call,
                member == null
                        ? StateCommands.commitOffset(offset, answer)
                        : broker.turns().commit(offset, member, answer));
    }

    /** Tells where a group goes on. */
    public void get(Call<GetOffsetResponse> call, GetOffsetRequest request) {
        NamedQueue queue =
                NamedQueue.of(request.getMessageQueue(), broker.shard().catalog());
        String group = NameRules.group(request.getGroup());
        submit(
                call,
                StateCommands.readProgress(
                        progress -> progress.get(group, queue.topic(), queue.id()), new Later<>(call, offset -> {
                            if (offset < 0) {
                                call.refuse(
                                        Code.OFFSET_NOT_FOUND,
                                        "the group '" + group + "' has no offset for queue " + queue.id() + " of '"
                                                + queue.topic() + "'");
                            } else {
                                call.answer(GetOffsetResponse.newBuilder()
                                        .setStatus(Statuses.OK)
                                        .setOffset(offset)
                                        .build());
                            }
                        })));
    }

    /** Tells the first offset of a queue, the next one, or the first of a time. */
    public void query(Call<QueryOffsetResponse> call, QueryOffsetRequest request) {
        NamedQueue queue =
                NamedQueue.of(request.getMessageQueue(), broker.shard().catalog());
        gate.checkTopic(queue.topic());
        switch (request.getQueryOffsetPolicy()) {
            case BEGINNING -> answer(call, broker.shard().queues().minOffset(queue.no()));
            case END -> answer(call, broker.shard().queues().maxOffset(queue.no()));
            case TIMESTAMP -> ofTime(call, queue, request);
            case UNRECOGNIZED ->
                throw new CallRefused(
                        Code.BAD_REQUEST,
                        "query offset policy: " + request.getQueryOffsetPolicyValue()
                                + " (expected: BEGINNING, END or TIMESTAMP)");
        }
    }

    private void ofTime(Call<QueryOffsetResponse> call, NamedQueue queue, QueryOffsetRequest request) {
        if (!request.hasTimestamp()) {
            throw new CallRefused(Code.BAD_REQUEST, "timestamp: none (expected: one, as the policy says)");
        }
        long timeMs = Times.ms(request.getTimestamp());
        Function<ReadScratch, Completion> reading = scratch -> {
            long offset = broker.shard().reader().offsetOfTime(queue.no(), timeMs, scratch);
            return () -> answer(call, offset);
        };
        if (!call.read(broker.readers(), reading, call::fail)) {
            throw new CallRefused(Code.TOO_MANY_REQUESTS, Statuses.BUSY);
        }
    }

    private static void answer(Call<QueryOffsetResponse> call, long offset) {
        call.answer(QueryOffsetResponse.newBuilder()
                .setStatus(Statuses.OK)
                .setOffset(offset)
                .build());
    }

    private static void submit(Call<?> call, Command command) {
        if (!call.loop().submit(command)) {
            throw new CallRefused(Code.TOO_MANY_REQUESTS, Statuses.BUSY);
        }
    }
}
