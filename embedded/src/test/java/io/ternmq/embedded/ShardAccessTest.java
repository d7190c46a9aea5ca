package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.BusyException;
import io.ternmq.broker.Shard;
import io.ternmq.broker.ShardSettings;
import io.ternmq.broker.ShardSettings.Flush;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.transaction.TransactionSettings;
import io.ternmq.embedded.memory.MemoryDirectory;
import io.ternmq.log.LogSettings;
import io.ternmq.runtime.CallbackThread;
import io.ternmq.spi.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits for room in the shard's mailbox, and who must not. */
class ShardAccessTest {

    private static final int MAILBOX_MAX = 4;

    private final StandingTime time = new StandingTime();
    private final CallbackThread callbacks = new CallbackThread("callbacks");
    private final Shard shard = shard(time, callbacks);
    private final ShardAccess access = new ShardAccess(shard, time, callbacks);

    private static Shard shard(EmbeddedTime time, CallbackThread callbacks) {
        LogSettings log = LogSettings.defaults().withSizes(1 << 20, 0, 1 << 16);
        ShardSettings settings =
                new ShardSettings(log, Flush.ASYNC, 500, MAILBOX_MAX, 32 << 20, TransactionSettings.DEFAULT, 15_000);
        try {
            return Shard.open(
                    settings,
                    MemoryDirectory.of(256 << 20),
                    time.clock(),
                    time,
                    new EmbeddedEvents(Address.parse("mem:"), callbacks));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shard does not run yet: what is submitted stays. */
    @BeforeEach
    void fill() {
        for (int i = 0; i < MAILBOX_MAX; i++) {
            assertThat(shard.submit(look(new Asked<>()))).isTrue();
        }
    }

    @AfterEach
    void close() {
        access.close();
    }

    private static Command look(Asked<Boolean> outcome) {
        return StateCommands.readProgress(progress -> true, outcome);
    }

    private CompletableFuture<Boolean> ask() {
        return access.ask(outcome -> StateCommands.readProgress(progress -> true, outcome));
    }

    @Test
    void threadsOfTheQueueAreRefusedAtOnce() throws Exception {
        CompletableFuture<CompletableFuture<Boolean>> asked = new CompletableFuture<>();
        new EngineThread(() -> asked.complete(ask()), "tested").start();
        assertThatThrownBy(() -> asked.get(1, TimeUnit.SECONDS).join()).hasCauseInstanceOf(BusyException.class);
    }

    @Test
    void anApplicationWaitsForRoom() throws Exception {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        new Thread(() -> answer.complete(ask().join()), "application").start();
        shard.start();
        assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anApplicationWaitsUntilItsCallbacksHaveCaughtUpAndTheyThemselvesDoNot() throws Exception {
        shard.start();
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<CompletableFuture<Boolean>> withinCallback = new CompletableFuture<>();
        callbacks.execute(() -> {
            withinCallback.complete(ask());
            awaitUninterrupted(goOn);
        });
        while (!callbacks.isFull()) {
            callbacks.execute(() -> {});
        }
        CompletableFuture<CompletableFuture<Boolean>> asked = new CompletableFuture<>();
        Thread application = new Thread(() -> asked.complete(ask()), "application");
        application.start();
        assertThat(withinCallback.get(10, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS))
                .isTrue();
        Awaitility.await().until(() -> application.getState() == Thread.State.TIMED_WAITING);
        assertThat(asked).isNotDone();
        goOn.countDown();
        assertThat(asked.get(10, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(callbacks.isFull()).isFalse();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatTheShardCallsBackMustNotWaitForIt() throws Exception {
        shard.start();
        CompletableFuture<Boolean> onItsThread = new CompletableFuture<>();
        access.submit(
                StateCommands.readProgress(progress -> onItsThread.complete(access.mustNotWait()), new Asked<>()),
                onItsThread);
        assertThat(onItsThread.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(access.mustNotWait()).isFalse();
    }

    @Test
    void whatMustNotGetLostIsBroughtAgainUntilThereIsRoom() throws Exception {
        Asked<Boolean> told = new Asked<>();
        access.tell(look(told));
        time.scheduled.remove().run();
        assertThat(time.scheduled).as("still no room").hasSize(1);

        shard.start();
        for (Runnable again = time.scheduled.poll(); again != null; again = time.scheduled.poll()) {
            again.run();
        }
        assertThat(told.get(10, TimeUnit.SECONDS)).isTrue();
    }
}
