package io.ternmq.grpc.receive;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.ReceiveMessageResponse;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.access.ConsumerRules;
import io.ternmq.broker.lease.Delivery;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.broker.lease.Returned;
import io.ternmq.broker.lease.TakenMessages;
import io.ternmq.broker.lease.TakenRead;
import io.ternmq.broker.traffic.Gate;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.OutboundBytes;
import io.ternmq.grpc.call.Statuses;
import io.ternmq.grpc.convert.Times;
import io.ternmq.log.ReadScratch;
import java.util.ArrayList;
import java.util.List;

/**
 * One request to receive messages, until it is answered:
 * <pre>
 *   start → take (waits in the shard) ─┬─ messages ──► read ─┬─ some are for the client ──► answer
 *     ▲                                └─ none ──► answer    └─ the filter refused them all ─┐
 *     └── not before the client takes what is written ◄──────────────────────────────────────┘
 * </pre>
 * Event-loop thread only, but for the read itself.
 */
final class ReceiveJob {
    /** A request that does not wait tries so often to find messages that its filter passes. */
    private static final int TRIES_MAX = 64;

    private static final String NOTHING = "no new message";

    private final Broker broker;
    private final ConsumerRules rules;
    private final OutboundBytes outbound;
    private final RecentReads reads;
    private final Call<ReceiveMessageResponse> call;
    private final Wanted wanted;
    private final Gate rates;
    private int tries;
    private long heldUntilMs;

    /** What all jobs share. */
    record Surroundings(Broker broker, ConsumerRules rules, OutboundBytes outbound, RecentReads reads) {}

    /** @param rates how fast it may go */
    ReceiveJob(Surroundings surroundings, Call<ReceiveMessageResponse> call, Wanted wanted, Gate rates) {
        this.broker = surroundings.broker();
        this.rules = surroundings.rules();
        this.outbound = surroundings.outbound();
        this.reads = surroundings.reads();
        this.call = call;
        this.wanted = wanted;
        this.rates = rates;
    }

    /** Answers, now or later. */
    void start() {
        call.whenReady(this::take);
    }

    Call<ReceiveMessageResponse> call() {
        return call;
    }

    private void take() {
        long nowMs = broker.shard().timeMs();
        long holdMs = rates.isOpen() ? 0 : rates.holdMs(nowMs);
        if (holdMs > 0) {
            hold(nowMs, holdMs);
            return;
        }
        tries++;
        if (!call.loop()
                .submit(new ReceiveTake(this, broker.shard().leases(), wanted.request(), wanted.terms(rates, nowMs)))) {
            answerStatus(Code.TOO_MANY_REQUESTS, Statuses.BUSY);
        }
    }

    /** The group goes too fast: nothing is taken for a while. */
    private void hold(long nowMs, long holdMs) {
        if (heldUntilMs == 0) {
            heldUntilMs = wanted.deadlineMs() == 0 ? nowMs + Gate.HOLD_MS_MAX : wanted.deadlineMs();
        }
        if (nowMs >= heldUntilMs) {
            answerStatus(Code.MESSAGE_NOT_FOUND, NOTHING);
        } else {
            call.loop().later(Math.min(holdMs, heldUntilMs - nowMs), () -> {
                if (call.isOpen()) {
                    start();
                }
            });
        }
    }

    void answered(ReceiveTake take) {
        ConsumerRules.Obstacle obstacle = rules.ofTopic(wanted.topic());
        if (take.taken().isEmpty()) {
            boolean full = take.result() == LeaseWait.Result.TOO_MANY_WAIT;
            answerStatus(full ? Code.TOO_MANY_REQUESTS : Code.MESSAGE_NOT_FOUND, full ? "polling full" : NOTHING);
        } else if (!call.isOpen()) {
            returned(take).all(0);
        } else if (obstacle != null) {
            returned(take).all(ReceiveLimits.TAKEN_BACK_MS);
            answerStatus(ConsumerGate.code(obstacle), obstacle.text(wanted.topic()));
        } else if (!call.isReady()) {
            returned(take).all(0); // a client that reads may have them
            start();
        } else if (!outbound.hasRoom()) {
            returned(take).all(ReceiveLimits.TAKEN_BACK_MS);
            answerStatus(Code.TOO_MANY_REQUESTS, "clients have not taken what was read for them");
        } else {
            read(take);
        }
    }

    private void read(ReceiveTake take) {
        if (take.taken().stream().allMatch(this::isInMemory)) {
            Completion next = () -> failed(take);
            try {
                next = read(take, reads.scratch(), ReceiveLimits.UNPACKED_HERE_MAX);
            } finally {
                next.finish();
            }
        } else {
            readElsewhere(take);
        }
    }

    private void readElsewhere(ReceiveTake take) {
        if (!call.read(broker.readers(), scratch -> read(take, scratch, Long.MAX_VALUE), () -> failed(take))) {
            returned(take).all(ReceiveLimits.TAKEN_BACK_MS);
            answerStatus(Code.TOO_MANY_REQUESTS, Statuses.BUSY);
        }
    }

    private boolean isInMemory(TakenMessages taken) {
        return reads.isInMemory(taken.queueNo(), taken.offsets()[0]);
    }

    private void failed(ReceiveTake take) {
        returned(take).all(ReceiveLimits.TAKEN_BACK_MS);
        answerStatus(Code.INTERNAL_SERVER_ERROR, "the log could not be read");
    }

    private Completion read(ReceiveTake take, ReadScratch scratch, long unpackMax) {
        AnswerMessages answer = new AnswerMessages(unpackMax);
        ReceivedMessages received = new ReceivedMessages(wanted, take.popTimeMs(), answer);
        TakenRead.Wanted all = new TakenRead.Wanted(wanted.topic(), wanted.matcher(), wanted.retryMax());
        List<Delivery> deliveries = new ArrayList<>(take.taken().size());
        for (TakenMessages taken : take.taken()) {
            Delivery delivery = Delivery.of(taken);
            new TakenRead(delivery, all, received, 2 * ReceiveLimits.BYTES_MAX)
                    .read(broker.shard().reader(), broker.shard().queues().minOffset(taken.queueNo()), scratch);
            deliveries.add(delivery);
        }
        return answer.isLaborious() ? () -> readElsewhere(take) : () -> deliver(take, deliveries, answer);
    }

    private void deliver(ReceiveTake take, List<Delivery> deliveries, AnswerMessages received) {
        Returned returned = returned(take);
        boolean isOpen = call.isOpen();
        for (Delivery delivery : deliveries) {
            returned.rest(delivery);
            if (!isOpen) {
                returned.sent(delivery);
            }
        }
        if (!isOpen) {
            return;
        }
        if (received.messages().isEmpty()) {
            nothingFits();
        } else {
            answer(received);
        }
    }

    private void nothingFits() {
        boolean isOver =
                wanted.deadlineMs() == 0 ? tries >= TRIES_MAX : broker.shard().timeMs() >= wanted.deadlineMs();
        if (isOver) {
            answerStatus(Code.MESSAGE_NOT_FOUND, NOTHING);
        } else {
            start();
        }
    }

    private void answer(AnswerMessages received) {
        int count = received.messages().size();
        rates.took(count, received.bytes(), broker.shard().timeMs());
        broker.traffic().given(wanted.topic(), wanted.group(), count, received.bytes());
        call.holds(outbound, received.bytes());
        StreamRenewal renewal = wanted.renewal();
        if (renewal != null) {
            renewal.given();
            call.whenLost(renewal::lost);
        }
        call.write(ReceiveMessageResponse.newBuilder().setStatus(Statuses.OK).build());
        for (Message message : received.messages()) {
            call.write(ReceiveMessageResponse.newBuilder().setMessage(message).build());
        }
        end();
    }

    private void answerStatus(Code code, String text) {
        call.write(ReceiveMessageResponse.newBuilder()
                .setStatus(Statuses.of(code, text))
                .build());
        end();
    }

    /** Clients measure by it how long an answer was on its way. */
    private void end() {
        call.write(ReceiveMessageResponse.newBuilder()
                .setDeliveryTimestamp(Times.timestamp(broker.clock().time()))
                .build());
        call.end();
    }

    private Returned returned(ReceiveTake take) {
        return new Returned(broker.shard().leases(), broker::submitQuietly, wanted.group(), take);
    }
}
