package io.ternmq.grpc.transaction;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.RecallMessageRequest;
import apache.rocketmq.v2.RecallMessageResponse;
import io.ternmq.broker.Shard;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.timer.DeliveredTimers;
import io.ternmq.broker.timer.RecallHandle;
import io.ternmq.broker.timer.RecallTimer;
import io.ternmq.broker.timer.TimerKey;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.call.Later;
import io.ternmq.grpc.call.Statuses;
import io.ternmq.grpc.convert.NameRules;
import io.ternmq.log.ReadScratch;
import java.util.function.Function;

/** Takes a timed message back. It says for sure whether the message was cancelled, was delivered already, or is unknown. */
public final class RecallHandler {
    private final Broker broker;
    private final String brokerName;

    /** @param brokerName the broker that has the timers, as clients know it */
    public RecallHandler(Broker broker, String brokerName) {
        this.broker = broker;
        this.brokerName = brokerName;
    }

    /** Answers once it is known what became of it. */
    public void recall(Call<RecallMessageResponse> call, RecallMessageRequest request) {
        String topic = NameRules.topic(request.getTopic());
        Shard shard = broker.shard();
        if (shard.catalog().topic(topic) == null) {
            throw new CallRefused(Code.TOPIC_NOT_FOUND, "the topic '" + topic + "' does not exist");
        }
        RecallHandle handle = RecallHandle.decode(request.getRecallHandle());
        if (handle == null || handle.key().dueMs() < 0 || !handle.brokerName().equals(brokerName)) {
            throw new CallRefused(
                    Code.BAD_REQUEST,
                    "recall handle: '" + request.getRecallHandle() + "' (expected: one that a send was answered with)");
        }
        TimerKey key = handle.key();
        if (!key.topic().equals(topic)) {
            throw new CallRefused(
                    Code.BAD_REQUEST, "topic: " + topic + " (expected: " + key.topic() + ", as the handle says)");
        }
        Later<Integer> answer = new Later<>(call, count -> {
            if (count > 0) {
                call.answer(RecallMessageResponse.newBuilder()
                        .setStatus(Statuses.OK)
                        .setMessageId(key.uniqueKey())
                        .build());
            } else {
                tellDelivered(call, key);
            }
        });
        if (!call.loop().submit(new RecallTimer(shard.reader(), shard.queues(), key, answer))) {
            throw new CallRefused(Code.TOO_MANY_REQUESTS, Statuses.BUSY);
        }
    }

    private void tellDelivered(Call<RecallMessageResponse> call, TimerKey key) {
        DeliveredTimers delivered =
                new DeliveredTimers(broker.shard().keys(), broker.shard().reader());
        Function<ReadScratch, Completion> reading = scratch -> {
            boolean found = delivered.contains(key, scratch);
            return () -> {
                if (found) {
                    call.refuse(Code.BAD_REQUEST, "the message " + key.uniqueKey() + " was delivered already");
                } else {
                    call.refuse(Code.MESSAGE_NOT_FOUND, "no timed message " + key.uniqueKey() + " is known there");
                }
            };
        };
        if (!call.read(broker.readers(), reading, call::fail)) {
            call.refuse(Code.TOO_MANY_REQUESTS, Statuses.BUSY);
        }
    }
}
