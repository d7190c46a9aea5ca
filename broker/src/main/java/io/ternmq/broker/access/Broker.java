package io.ternmq.broker.access;

import io.ternmq.broker.Shard;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.member.Membership;
import io.ternmq.broker.traffic.GroupThrottles;
import io.ternmq.broker.traffic.Traffic;
import org.agrona.concurrent.EpochClock;

/** A shard with everything that the ways in share. Thread-safe; closing it does not close the shard. */
public final class Broker implements AutoCloseable {
    private final Shard shard;
    private final Membership membership;
    private final CommittedReplies replies;
    private final EpochClock clock;
    private final ReaderPool readers = new ReaderPool();
    private final WriteSwitch writes = new WriteSwitch();
    private final Traffic traffic;
    private final GroupThrottles throttles;
    private final ProducerQuestions questions;
    private final QueueTurns turns;
    private final QueueLocking locking;

    /**
     * From now on the shard's questions to producers go through here, and it hears of members that leave.
     *
     * @param replies what the shard's listener hands over at the end of each batch
     * @param clock wall-clock milliseconds
     */
    public Broker(Shard shard, Membership membership, CommittedReplies replies, EpochClock clock) {
        this.shard = shard;
        this.membership = membership;
        this.replies = replies;
        this.clock = clock;
        this.traffic = new Traffic(shard::timeMs);
        this.throttles = new GroupThrottles(shard::timeMs);
        this.questions = new ProducerQuestions(shard.reader(), membership, readers, shard::timeMs);
        shard.transactions().askThrough(questions);
        this.turns = new QueueTurns(shard, membership);
        membership.whenConsumerLeft(turns::left);
        this.locking = new QueueLocking(membership.locks());
        boolean unused = shard.submit(locking.restore());
    }

    /** @return where messages are kept */
    public Shard shard() {
        return shard;
    }

    /** @return who is there */
    public Membership membership() {
        return membership;
    }

    /** @return what the shard finishes, by batch */
    public CommittedReplies replies() {
        return replies;
    }

    /** @return the clock, which may be set back; {@link Shard#timeMs} is what waits and rates go by */
    public EpochClock clock() {
        return clock;
    }

    /** @return threads for reads that may wait for the disk */
    public ReaderPool readers() {
        return readers;
    }

    /** @return whether routes offer topics for writing */
    public WriteSwitch writes() {
        return writes;
    }

    /** @return counts what goes in and out */
    public Traffic traffic() {
        return traffic;
    }

    /** @return hold groups to their rates */
    public GroupThrottles throttles() {
        return throttles;
    }

    /** @return asks producers, each in its protocol */
    public ProducerQuestions questions() {
        return questions;
    }

    /** @return which members may read which queues by offset */
    public QueueTurns turns() {
        return turns;
    }

    /** @return locks queues for those who consume them in order */
    public QueueLocking locking() {
        return locking;
    }

    /** Removes members that were silent too long, and locks that nobody renews. */
    public void removeSilent() {
        int unusedCount = membership.removeSilent();
        if (membership.locks().hasExpired()) {
            boolean unusedAnswer = shard.submit(locking.removeExpired());
        }
    }

    /** Hands the command to the shard; where the shard is busy it is dropped. For what will be said again soon. */
    public void submitQuietly(Command command) {
        boolean unused = shard.enqueue(command);
    }

    /** Ends the threads that read. The ways in are closed before. */
    @Override
    public void close() {
        readers.close();
    }
}
