package io.ternmq.grpc.pull;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.PullMessageResponse;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.access.QueueTurns;
import io.ternmq.broker.claim.DoneOffsets;
import io.ternmq.broker.claim.QueueClaim;
import io.ternmq.broker.filter.SqlFilter;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.broker.pull.FilteredRead;
import io.ternmq.broker.pull.TagHashes;
import io.ternmq.broker.traffic.Gate;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.call.Later;
import io.ternmq.grpc.call.OutboundBytes;
import io.ternmq.grpc.call.Statuses;
import io.ternmq.grpc.client.ClientSession;
import io.ternmq.grpc.receive.AnswerMessages;
import io.ternmq.grpc.receive.ConsumerGate;
import io.ternmq.grpc.receive.ReceiveLimits;
import io.ternmq.grpc.receive.RecentReads;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.log.index.QueueIndex;
import org.jspecify.annotations.Nullable;

/**
 * One request to read by offset, until it is answered:
 * <pre>
 *   start → its turn? ─┬─ yes ──► read ─┬─ messages, or an offset that is not there ──► answer
 *     ▲                │                └─ nothing ─┬─ may wait ──► the shard wakes it ──┐
 *     │                └─ no, others have it ───────┴─ may not ──► answer                │
 *     └── not before the client takes what is written ◄──────────────────────────────────┘
 * </pre>
 * A member that shares its group's queues reads a queue that is its own; who is no member reads as he likes. Event-loop thread only, but
 * for the read itself.
 */
final class PullJob {

    private static final String NOTHING = "no new message";

    private final Broker broker;
    private final ConsumerGate consumers;
    private final OutboundBytes outbound;
    private final RecentReads reads;
    private final Call<PullMessageResponse> call;
    private final Pull pull;
    private final Gate rates;
    private final @Nullable ClientSession member;
    private @Nullable QueueClaim claim;
    private @Nullable DoneOffsets done;
    private long offset;
    private long heldUntilMs;

    /** What all jobs share. */
    record Surroundings(Broker broker, ConsumerGate consumers, OutboundBytes outbound, RecentReads reads) {}

    /**
     * @param rates how fast it may go
     * @param member who asks, where he has a telemetry stream
     */
    PullJob(
            Surroundings surroundings,
            Call<PullMessageResponse> call,
            Pull pull,
            Gate rates,
            @Nullable ClientSession member) {
        this.broker = surroundings.broker();
        this.consumers = surroundings.consumers();
        this.outbound = surroundings.outbound();
        this.reads = surroundings.reads();
        this.call = call;
        this.pull = pull;
        this.rates = rates;
        this.member = member;
        this.offset = pull.offset();
        this.claim = member == null
                ? null
                : broker.turns()
                        .claim(pull.group(), pull.queue().topic(), pull.queue().id(), member);
    }

    /** Answers, now or later. */
    void start() {
        call.whenReady(this::enter);
    }

    Call<PullMessageResponse> call() {
        return call;
    }

    /** The wait is over, by a message or by its deadline. Meanwhile the topic may have been closed to readers, or deleted. */
    void wokenUp() {
        try {
            consumers.checkTopic(pull.queue().topic());
            start();
        } catch (CallRefused refused) {
            call.refuse(refused);
        }
    }

    /** Asks for the queue first where it is not the member's. */
    private void enter() {
        if (claim == null || member == null || broker.turns().isOpen(claim, member)) {
            read();
        } else {
            QueueRef queue = new QueueRef(
                    pull.group(), pull.queue().topic(), pull.queue().id());
            Later<Boolean> answer = new Later<>(call, isGiven -> asked(queue, member, isGiven));
            if (!call.loop().submit(broker.turns().ask(queue, member, answer))) {
                busy();
            }
        }
    }

    private void asked(QueueRef queue, ClientSession asking, boolean isGiven) {
        claim = broker.turns().asked(queue, asking);
        if (isGiven) {
            read();
        } else {
            later(QueueTurns.ASK_AGAIN_MS, pull.deadlineMs()); // as if the queue had nothing
        }
    }

    private void read() {
        done = claim == null ? null : claim.done();
        offset = done == null ? offset : done.next(offset);
        int queueNo = pull.queue().no();
        if (queues().maxOffset(queueNo) == offset) {
            nothingFound();
        } else if (!outbound.hasRoom()) {
            call.refuse(Code.TOO_MANY_REQUESTS, "clients have not taken what was read for them");
        } else if (isAdmitted()) {
            if (reads.isInMemory(queueNo, offset)) {
                readHere();
            } else {
                readElsewhere();
            }
        }
    }

    /** Where the group goes too fast its pull is held back for a while. @return whether it may go on now */
    private boolean isAdmitted() {
        long nowMs = nowMs();
        long holdMs = rates.isOpen() ? 0 : rates.holdMs(nowMs);
        if (holdMs > 0) {
            if (heldUntilMs == 0) {
                heldUntilMs = pull.deadlineMs() == 0 ? nowMs + Gate.HOLD_MS_MAX : pull.deadlineMs();
            }
            later(holdMs, heldUntilMs);
        }
        return holdMs <= 0;
    }

    /** Tries again after that time, but for the deadline. */
    private void later(long delayMs, long deadlineMs) {
        long leftMs = deadlineMs - nowMs();
        if (leftMs <= 0) {
            answer(Code.MESSAGE_NOT_FOUND, NOTHING, offset);
        } else {
            call.loop().later(Math.min(delayMs, leftMs), () -> {
                if (call.isOpen()) {
                    start();
                }
            });
        }
    }

    /** Whatever happens, the client is answered. */
    private void readHere() {
        Completion next = this::failed;
        try {
            next = read(reads.scratch(), ReceiveLimits.UNPACKED_HERE_MAX);
        } finally {
            next.finish();
        }
    }

    private void readElsewhere() {
        if (!call.read(broker.readers(), scratch -> read(scratch, Long.MAX_VALUE), this::failed)) {
            busy();
        }
    }

    private void failed() {
        call.refuse(Code.INTERNAL_SERVER_ERROR, "the log could not be read");
    }

    private Completion read(ReadScratch scratch, long unpackMax) {
        int[] hashes = pull.subscription().tagHashes();
        SqlFilter filter = pull.subscription().filter();
        FilteredRead.Wanted wanted = new FilteredRead.Wanted(
                hashes.length == 0 ? TagFilter.ALL : new TagHashes(hashes),
                filter == null ? null : filter.matcher(),
                done);
        AnswerMessages answer = new AnswerMessages(unpackMax);
        PulledMessages messages =
                new PulledMessages(pull.queue(), pull.subscription().tags(), answer);
        ReadResult result = new FilteredRead(wanted, admitted(), messages)
                .read(broker.shard().reader(), pull.queue().no(), offset, scratch);
        return answer.isLaborious() ? this::readElsewhere : () -> readSo(result, answer);
    }

    private ReadLimits admitted() {
        long nowMs = nowMs();
        ReadLimits limits = pull.limits();
        return new ReadLimits(
                rates.messagesMax(limits.countMax(), nowMs),
                rates.bytesMax(limits.bytesMax(), nowMs),
                limits.scanCountMax());
    }

    private void readSo(ReadResult result, AnswerMessages messages) {
        if (!messages.messages().isEmpty()) {
            answer(messages, result.nextOffset());
            return;
        }
        int queueNo = pull.queue().no();
        switch (result.end()) {
            case BEFORE_MIN -> outOfRange(queues().minOffset(queueNo));
            case BEHIND_MAX -> outOfRange(queues().maxOffset(queueNo));
            case LIMIT -> answer(Code.MESSAGE_NOT_FOUND, NOTHING, result.nextOffset());
            case QUEUE_END -> {
                offset = result.nextOffset();
                nothingFound();
            }
        }
    }

    private void nothingFound() {
        if (pull.deadlineMs() - nowMs() <= 0) {
            answer(Code.MESSAGE_NOT_FOUND, NOTHING, offset);
            return;
        }
        if (claim != null && member != null) {
            claim.waits(member, pull.deadlineMs());
        }
        int[] hashes = pull.subscription().tagHashes();
        PullWait wait =
                new PullWait(this, pull.queue().no(), offset, hashes.length == 0 ? null : hashes, pull.deadlineMs());
        if (!call.loop().submit(wait)) {
            busy();
        }
    }

    private void outOfRange(long nearest) {
        answer(
                Code.ILLEGAL_OFFSET,
                "offset: " + offset + " (expected: "
                        + queues().minOffset(pull.queue().no()) + ".."
                        + queues().maxOffset(pull.queue().no()) + ")",
                nearest);
    }

    private void answer(AnswerMessages messages, long nextOffset) {
        int count = messages.messages().size();
        rates.took(count, messages.bytes(), nowMs());
        broker.traffic().given(pull.queue().topic(), pull.group(), count, messages.bytes());
        call.holds(outbound, messages.bytes());
        call.write(PullMessageResponse.newBuilder().setStatus(Statuses.OK).build());
        for (Message message : messages.messages()) {
            call.write(PullMessageResponse.newBuilder().setMessage(message).build());
        }
        end(nextOffset);
    }

    private void answer(Code code, String text, long nextOffset) {
        call.write(PullMessageResponse.newBuilder()
                .setStatus(Statuses.of(code, text))
                .build());
        end(nextOffset);
    }

    private void end(long nextOffset) {
        call.write(PullMessageResponse.newBuilder().setNextOffset(nextOffset).build());
        call.end();
    }

    private void busy() {
        call.refuse(Code.TOO_MANY_REQUESTS, Statuses.BUSY);
    }

    private QueueIndex queues() {
        return broker.shard().queues();
    }

    private long nowMs() {
        return broker.shard().timeMs();
    }
}
