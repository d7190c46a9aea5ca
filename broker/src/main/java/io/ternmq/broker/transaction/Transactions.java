package io.ternmq.broker.transaction;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.copy.Carrier;
import io.ternmq.broker.state.ShardState;
import io.ternmq.log.CommitLog;
import io.ternmq.log.ReadScratch;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Map;
import java.util.function.Consumer;

/** The transactions of a shard. The shard thread's, but for what says that any thread may call it. */
public final class Transactions {
    private final TransactionSettings settings;
    private final HalfMessageCopier copier;
    private final CheckBacks checkBacks;
    private final Carrier carrier;
    private volatile TransactionQuestion question = TransactionQuestion.UNASKED;

    /**
     * @param lost hears of half messages that cannot be read any more
     * @param startedMs the time of the start, in milliseconds since 1970
     */
    public Transactions(
            TransactionSettings settings, CommitLog log, ShardState state, LostHalfMessage lost, long startedMs) {
        this.settings = settings;
        this.copier = new HalfMessageCopier(log.reader(), () -> queueNo(state), new ReadScratch());
        this.checkBacks =
                new CheckBacks(settings, state, new GivingUp(log, copier), half -> question.ask(half), startedMs);
        this.carrier = new HalfMessageCarrier(state, copier, lost);
    }

    private static int queueNo(ShardState state) {
        Topic topic = state.topics().get(Names.HALF_TOPIC);
        return topic == null ? -1 : topic.queueNo(0);
    }

    /**
     * What comes with a half message that is appended to the queue of {@link Names#HALF_TOPIC}. Any thread.
     *
     * @param properties of the half message, {@link HalfRule#prepare prepared}
     */
    public AppendRule prepare(Map<String, String> properties) {
        return new PrepareRule(
                properties.getOrDefault(PropertyNames.PRODUCER_GROUP, ""),
                HalfRule.immunityMs(properties, settings.timeoutMs()),
                settings.undecidedMax());
    }

    /** Any thread: does what a producer decided. */
    public Command end(TransactionEnd end, Outcome<TransactionEnd> outcome) {
        return new EndTransaction(end, copier, outcome);
    }

    /** Any thread: from now on producers are asked in that way. */
    public void askThrough(TransactionQuestion newQuestion) {
        question = newQuestion;
    }

    /** @return when producers are to be asked next, in milliseconds since 1970; {@link Long#MAX_VALUE} for never */
    public long nextDueMs() {
        return checkBacks.nextDueMs();
    }

    /** Hands over a command for what has come due. @return how many */
    public int check(long nowMs, Consumer<Command> executor) {
        return checkBacks.check(nowMs, executor);
    }

    /** @return carries undecided half messages along with the log */
    public Carrier carrier() {
        return carrier;
    }
}
