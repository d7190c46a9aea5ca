package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.ShardSettings.Flush;
import io.ternmq.broker.command.AppendCommand;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.delay.DelayLevels;
import io.ternmq.log.LogSettings;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.log.storage.DiskDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A shard on its own thread, with the real clock, and callers on theirs. */
class ShardThreadTest {
    private static final int THREADS = 4;
    private static final int PER_THREAD = 2_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyMessageOfManyThreadsGetsItsOwnOffsetAndIsReadOnce(Flush flush) throws Exception {
        List<Long> offsets = new ArrayList<>();
        try (Shard shard = open(flush)) {
            int queueNo = systemQueue(shard);
            List<CompletableFuture<List<Long>>> senders = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                boolean lendsItsThread = i % 2 == 0;
                senders.add(CompletableFuture.supplyAsync(() -> send(shard, queueNo, lendsItsThread)));
            }
            for (CompletableFuture<List<Long>> sender : senders) {
                offsets.addAll(sender.get(60, TimeUnit.SECONDS));
            }
            assertThat(readCount(shard, queueNo)).isEqualTo(THREADS * PER_THREAD);
        }
        assertThat(offsets).doesNotHaveDuplicates().hasSize(THREADS * PER_THREAD);
        assertThat(offsets).allMatch(offset -> offset >= 0 && offset < THREADS * PER_THREAD);

        try (Shard again = open(flush)) {
            assertThat(again.recoveryReport().replayedBytes()).isZero();
            assertThat(readCount(again, systemQueue(again))).isEqualTo(THREADS * PER_THREAD);
        }
    }

    @Test
    void aClosedShardTakesNothingMore() throws Exception {
        Shard shard = open(Flush.SYNC);
        int queueNo = systemQueue(shard);
        shard.close();
        assertThat(shard.submit(new Send(queueNo, message()))).isFalse();
        shard.work();
    }

    @ParameterizedTest
    @EnumSource
    void aShardThatSleepsIsWorkedByWhoBringsACommand(Flush flush) throws Exception {
        try (Shard shard = open(flush)) {
            int queueNo = systemQueue(shard);
            await().pollDelay(Duration.ZERO).until(() -> {
                Send send = new Send(queueNo, message());
                assertThat(shard.enqueue(send)).isTrue();
                shard.work();
                send.offset();
                return send.answeredBy == Thread.currentThread();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSubmittedToASleepingShardIsAnsweredByItsOwnThread(Flush flush) throws Exception {
        try (Shard shard = open(flush)) {
            Send send = new Send(systemQueue(shard), message());
            assertThat(shard.submit(send)).isTrue();
            assertThat(send.offset()).isZero();
            assertThat(send.answeredBy).isNotNull().isNotSameAs(Thread.currentThread());
        }
    }

    private Shard open(Flush flush) throws IOException {
        ShardSettings settings = ShardSettings.of(LogSettings.defaults(), flush);
        Shard shard = Shard.open(
                settings,
                DiskDirectory.open(folder),
                SystemEpochClock.INSTANCE,
                SystemNanoClock.INSTANCE,
                ShardListener.SILENT);
        shard.start();
        return shard;
    }

    /** The template topic's first queue: it is there from the first start, and nobody else writes to it. */
    private static int systemQueue(Shard shard) {
        var topic = shard.catalog().topic(io.ternmq.broker.catalog.Names.TEMPLATE_TOPIC);
        assertThat(topic).isNotNull();
        return topic.queueNo(DelayLevels.queueId(1));
    }

    private static List<Long> send(Shard shard, int queueNo, boolean lendsItsThread) {
        List<Send> sends = new ArrayList<>();
        for (int i = 0; i < PER_THREAD; i++) {
            Send send = new Send(queueNo, message());
            while (!(lendsItsThread ? shard.enqueue(send) : shard.submit(send))) {
                Thread.onSpinWait();
            }
            if (lendsItsThread) {
                shard.work();
            }
            sends.add(send);
        }
        return sends.stream().map(Send::offset).toList();
    }

    private static int readCount(Shard shard, int queueNo) {
        int count = 0;
        long next = 0;
        try (ReadScratch scratch = new ReadScratch()) {
            ReadResult result;
            do {
                result = shard.reader()
                        .read(
                                queueNo,
                                next,
                                new ReadLimits(32, 1 << 20, 32),
                                TagFilter.ALL,
                                (b, i, l, o) -> true,
                                scratch);
                next = result.nextOffset();
                count += result.count();
            } while (result.count() > 0);
        }
        return count;
    }

    private static EncodedMessage message() {
        return ShardFixture.encode("TBW102", 0, "body");
    }

    private static final class Send extends AppendCommand {
        private final CompletableFuture<Long> answer = new CompletableFuture<>();
        private volatile @Nullable Thread answeredBy;

        Send(int queueNo, EncodedMessage message) {
            super(queueNo, message);
        }

        long offset() {
            try {
                return answer.get(30, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new AssertionError("no answer", e);
            }
        }

        @Override
        protected void committed() {
            answeredBy = Thread.currentThread();
            answer.complete(message(0).queueOffset());
        }

        @Override
        protected void refused(Refusal reason, String detail) {
            answer.completeExceptionally(new AssertionError(reason + " " + detail));
        }
    }
}
