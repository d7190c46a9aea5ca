package io.ternmq.broker.transaction;

import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.state.ShardState;
import java.util.function.Consumer;

/**
 * Watches which half messages are due to be asked about. When many are, it takes them a few at a time: clients, the
 * threads that read for them and the requests of others shall all keep up. After a start it gives producers time to come
 * back before it asks. Shard thread only.
 */
final class CheckBacks {
    /** What one command takes at most. */
    static final int COUNT_MAX = 64;
    /** Between two commands: so some 6,400 questions a second are asked at most. */
    private static final long PAUSE_MS = 10;

    private final TransactionSettings settings;
    private final ShardState state;
    private final GivingUp givingUp;
    private final TransactionQuestion question;
    private long notBeforeMs;

    CheckBacks(
            TransactionSettings settings,
            ShardState state,
            GivingUp givingUp,
            TransactionQuestion question,
            long startedMs) {
        this.settings = settings;
        this.notBeforeMs = startedMs + settings.timeoutMs();
        this.state = state;
        this.givingUp = givingUp;
        this.question = question;
    }

    long nextDueMs() {
        return Math.max(notBeforeMs, state.halfMessages().nextCheckMs());
    }

    int check(long nowMs, Consumer<Command> executor) {
        if (nextDueMs() > nowMs) {
            return 0;
        }
        if (!givingUp.hasRoom()) {
            notBeforeMs = nowMs + Decision.ROOM_RETRY_MS;
            return 0;
        }
        notBeforeMs = nowMs + PAUSE_MS;
        executor.accept(new CheckDue(settings, givingUp, question));
        return 1;
    }
}
