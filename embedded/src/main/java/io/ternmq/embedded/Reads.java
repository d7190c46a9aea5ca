package io.ternmq.embedded;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.AwaitMessages;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.filter.RecordMatcher;
import io.ternmq.embedded.message.StoredMessages;
import io.ternmq.engine.OffsetRange;
import io.ternmq.engine.ReadAnswer;
import io.ternmq.engine.ReadRequest;
import io.ternmq.engine.StoredMessage;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.protocol.message.MessageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads by offset, and waits for what is not there yet. Thread-safe. */
final class Reads {

    private static final int BYTES_MAX = 4 << 20;

    /** So many entries are looked at by one read in search of what a filter wants. */
    private static final int SCAN_COUNT_MAX = 4_096;

    private final ShardAccess access;
    private final ReaderThreads readers;
    private final StoredMessages stored;

    Reads(ShardAccess access, ReaderThreads readers, StoredMessages stored) {
        this.access = access;
        this.readers = readers;
        this.stored = stored;
    }

    CompletableFuture<ReadAnswer> read(ReadRequest request, Topic topic) {
        CompletableFuture<ReadAnswer> answer = new CompletableFuture<>();
        Wanted wanted = Wanted.of(request.partition().topic(), request.filter());
        Job job = new Job(
                request,
                wanted,
                topic.queueNo(request.partition().id()),
                access.shard().timeMs() + request.waitAtMost().toMillis(),
                answer);
        next(job, request.offset(), false);
        return answer;
    }

    OffsetRange range(Topic topic, int queueId) {
        QueueIndex queues = access.shard().queues();
        int queueNo = topic.queueNo(queueId);
        return new OffsetRange(queues.minOffset(queueNo), queues.maxOffset(queueNo));
    }

    /** A read until it is answered. */
    private record Job(
            ReadRequest request, Wanted wanted, int queueNo, long deadlineMs, CompletableFuture<ReadAnswer> answer) {}

    /** @param scanned whether this read has looked at messages before, and found none */
    private void next(Job job, long offset, boolean scanned) {
        if (job.answer().isDone()) {
            return;
        }
        long end = access.shard().queues().maxOffset(job.queueNo());
        boolean isLate = access.shard().timeMs() >= job.deadlineMs();
        if (offset < end && !(scanned && isLate)) {
            readers.run(job.answer(), scratch -> read(job, offset, scratch));
        } else if (offset == end && !isLate) {
            access.submit(new Wait(job, offset), job.answer());
        } else {
            job.answer().complete(new ReadAnswer(List.of(), Math.min(offset, end)));
        }
    }

    private void read(Job job, long offset, ReadScratch scratch) {
        if (job.answer().isDone()) {
            return;
        }
        List<StoredMessage> messages = new ArrayList<>();
        MessageRecord record = new MessageRecord();
        RecordMatcher matcher = job.wanted().matcher();
        int countMax = job.request().countMax();
        ReadLimits limits = new ReadLimits(matcher == null ? countMax : SCAN_COUNT_MAX, BYTES_MAX, SCAN_COUNT_MAX);
        ReadResult result = access.shard()
                .reader()
                .read(
                        job.queueNo(),
                        offset,
                        limits,
                        job.wanted(),
                        (buffer, index, length, at) -> {
                            if (messages.size() == countMax) {
                                return false;
                            }
                            record.wrap(buffer, index, length);
                            if ((matcher == null || matcher.matches(buffer, index, length))
                                    && job.wanted().hasTag(record)) {
                                messages.add(stored.of(record, 0));
                            }
                            return true;
                        },
                        scratch);
        if (!messages.isEmpty()) {
            job.answer().complete(new ReadAnswer(messages, result.nextOffset()));
        } else if (result.end() == ReadResult.End.BEFORE_MIN) {
            next(job, access.shard().queues().minOffset(job.queueNo()), false);
        } else if (result.end() == ReadResult.End.BEHIND_MAX) {
            job.answer()
                    .complete(new ReadAnswer(List.of(), access.shard().queues().maxOffset(job.queueNo())));
        } else {
            next(job, result.nextOffset(), true);
        }
    }

    /** Waits in the shard for a message behind an offset. */
    private final class Wait extends AwaitMessages {

        private final Job job;
        private final long offset;

        Wait(Job job, long offset) {
            super(job.queueNo(), offset, tagHashes(job), job.deadlineMs());
            this.job = job;
            this.offset = offset;
        }

        @Override
        public boolean isAbandoned() {
            return job.answer().isDone();
        }

        @Override
        protected void committed() {
            next(job, offset, false);
        }

        @Override
        protected void refused(Refusal reason, String detail) {
            job.answer().completeExceptionally(Refused.of(reason, detail));
        }
    }

    private static int @Nullable [] tagHashes(Job job) {
        return job.wanted().tagHashes();
    }
}
