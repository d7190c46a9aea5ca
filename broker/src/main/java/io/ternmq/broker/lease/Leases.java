package io.ternmq.broker.lease;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.claim.QueueClaims;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.InternalCommand;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.StateCommand;
import io.ternmq.broker.member.Connection;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.broker.record.ControlRecord;
import io.ternmq.broker.record.LeasesNoted;
import io.ternmq.broker.record.QueueStanding;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.broker.state.ShardState;
import io.ternmq.log.CommitLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All leases of a shard. Commands to take, acknowledge and change leases are made by any thread; everything else belongs
 * to the shard thread.
 */
public final class Leases {
    /** So many requests wait for messages at most; one more is told so. */
    public static final int WAITING_MAX = 200_000;

    /** What nobody takes from any more is forgotten by then. */
    private static final long SWEEP_INTERVAL_MS = 60_000;

    private final ShardState state;
    private final Deadlines deadlines;
    private final LeaseTopics topics;
    private final Attempts attempts = new Attempts();
    private final Sides sides;
    private final Lanes lanes;
    private final Choice choice;
    private final DeadLetters deadLetters;
    private final PendingProgress progress;
    private final ArrayDeque<TopicLeases> news = new ArrayDeque<>();
    private final ArrayDeque<LeaseWait> over = new ArrayDeque<>();
    private List<QueueLeases> changed = new ArrayList<>();
    private int waitingCount;
    private boolean appendedUnseen;
    private long sweepMs;

    /**
     * Knows none until {@link #begin}.
     *
     * @param claims who has which queue
     */
    public Leases(CommitLog log, ShardState state, PendingProgress progress, QueueClaims claims) {
        this.state = state;
        this.progress = progress;
        this.deadlines = new Deadlines();
        this.topics = new LeaseTopics(this, log, progress, claims);
        this.sides = new Sides(topics, claims);
        this.lanes = new Lanes(deadlines, this::laneEnded);
        this.choice = new Choice(log, topics, attempts);
        this.deadLetters = new DeadLetters(log, state);
    }

    // ---------------------------------------------------------------- any thread

    /** The messages of these leases are done, each that is still held under this handle. */
    public Command acknowledge(LeaseHandle handle, Outcome<LeaseAnswer> outcome) {
        return new StateCommand<>(true, d -> acknowledge(handle, d.nowMs()), outcome);
    }

    /**
     * Gives a lease another deadline: its holder goes on working, or wants the message to be handed out again by then.
     *
     * @param invisibleMs from now; at least 1
     * @param outcome what was said, and the new pop time: handles with the old one are worth nothing any more
     */
    public Command change(LeaseHandle handle, long invisibleMs, Outcome<ChangedLease> outcome) {
        return new StateCommand<>(true, d -> change(handle, invisibleMs, d), outcome);
    }

    /** These were handed out and did not arrive: they are handed out again after a while, and that was no attempt. */
    public Command takeBack(LeaseHandle handle, long delayMs, Outcome<LeaseAnswer> outcome) {
        return new StateCommand<>(
                true,
                d -> topics.forEachLease(handle, (queue, lease) -> queue.takeBack(lease, d.nowMs() + delayMs)),
                outcome);
    }

    /**
     * These were handed out and are for those who take from another topic, as what came back to a group's retry topic may be: they
     * get them at once, nobody else does any more, and that was no attempt.
     */
    public Command handOver(LeaseHandle handle, String topic, Outcome<LeaseAnswer> outcome) {
        return new StateCommand<>(
                true,
                d -> topics.forEachLease(handle, (queue, lease) -> queue.handOver(lease, topic, d.nowMs())),
                outcome);
    }

    /** These were handed out and nobody shall try them again: they become dead letters, and that was no attempt. */
    public Command giveUp(LeaseHandle handle, Outcome<LeaseAnswer> outcome) {
        return new StateCommand<>(
                true, d -> topics.forEachLease(handle, (queue, lease) -> queue.giveUp(lease, d.nowMs())), outcome);
    }

    /** Their holder gives these up: they become dead letters, with the attempt that it had. */
    public Command bury(LeaseHandle handle, Outcome<LeaseAnswer> outcome) {
        return new StateCommand<>(true, d -> topics.forEachLease(handle, (queue, lease) -> queue.bury(lease)), outcome);
    }

    /**
     * A member will ask for nothing more: it keeps the lane that it was in alive no longer. What it holds stays with it until its
     * leases end.
     *
     * @param member as it called itself when it asked: {@link LaneMember#name}
     * @param outcome whether the group has no such member any more; it is always so
     */
    public Command leave(String group, String member, Outcome<Boolean> outcome) {
        return new StateCommand<>(
                false,
                d -> {
                    lanes.leave(group, member);
                    return true;
                },
                outcome);
    }

    /**
     * A member will ask for nothing more of one topic in one lane: it keeps that one alive no longer. What it holds stays with it
     * until its leases end.
     *
     * @param member as it called itself when it asked, and its lane
     * @param outcome whether the lane has no such member any more; it is always so
     */
    public Command leaveLane(String group, String topic, LaneMember member, Outcome<Boolean> outcome) {
        return new StateCommand<>(
                false,
                d -> {
                    lanes.leave(group, topic, member);
                    return true;
                },
                outcome);
    }

    /**
     * A member that shares its group's queues wants to read one by offset, which is not its own: it gets it from any other such
     * member, and from those who take by lease once they have gone.
     *
     * @param outcome whether the queue is the member's now; else it may ask again a little later
     */
    public Command giveToReader(QueueRef queue, Connection member, Outcome<Boolean> outcome) {
        return new StateCommand<>(false, d -> sides.give(queue, member, d.nowMs()), outcome);
    }

    /** Counts who waits for messages of a topic. */
    public Command countWaiting(String group, String topic, Outcome<Integer> outcome) {
        return new StateCommand<>(
                false,
                d -> {
                    TopicLeases known = topics.get(group, topic);
                    return known == null ? 0 : known.waiting().size();
                },
                outcome);
    }

    // ---------------------------------------------------------------- shard thread

    /** Goes on as the log remembers it; before the first round. */
    public void begin(long nowMs) {
        lanes.restore(state.settings(), nowMs);
        state.leases().forEach(noted -> topics.restore(noted, state, nowMs));
    }

    /** A message was appended; those who wait for it are asked once it is committed. */
    public void messageAppended(int queueNo) {
        appendedUnseen = true;
        if (waitingCount > 0) {
            topics.ofQueue(queueNo).forEach(TopicLeases::hasNews);
        }
    }

    /** State has changed: what hung on it goes, too. */
    public void applied(ControlRecord record) {
        topics.applied(record).forEach(this::waitIsOver);
    }

    /** Does what has come due, and gives those who wait what has come. @return how much was done */
    public int serve(long nowMs, Consumer<Command> executor) {
        appendedUnseen = false;
        if (nowMs >= sweepMs) {
            sweepMs = nowMs + SWEEP_INTERVAL_MS;
            topics.sweep(state, nowMs);
            attempts.forgetOldest(nowMs);
        }
        int count = deadlines.poll(nowMs);
        for (LeaseWait wait = over.poll(); wait != null; wait = over.poll()) {
            executor.accept(wait);
            count++;
        }
        for (int left = news.size(); left > 0; left--) {
            count += serve(news.remove(), executor);
        }
        return count + deadLetters.decide(executor);
    }

    private static int serve(TopicLeases topic, Consumer<Command> executor) {
        topic.newsTaken();
        if (topic.usesLanes()) {
            return serveByLane(topic, executor);
        }
        int count = topic.waiting().size();
        for (int left = count; left > 0; left--) {
            LeaseWait wait = topic.waiting().remove();
            executor.accept(wait);
            if (gotNothingOfAll(wait)) {
                break; // what he does not get, the others do not get either
            }
        }
        return count;
    }

    private static int serveByLane(TopicLeases topic, Consumer<Command> executor) {
        Set<String> served = new HashSet<>();
        int count = topic.waiting().size();
        for (int left = count; left > 0; left--) {
            LeaseWait wait = topic.waiting().remove();
            String lane = wait.request().member().lane();
            if (served.contains(lane)) {
                topic.waiting().add(wait); // one of the lane got nothing already
                continue;
            }
            executor.accept(wait);
            if (gotNothingOfAll(wait)) {
                served.add(lane);
            }
        }
        return count;
    }

    private static boolean gotNothingOfAll(LeaseWait wait) {
        return wait.isWaiting()
                && wait instanceof TakeMessages
                && wait.request().queueId() == LeaseWait.ANY_QUEUE;
    }

    /** @return when {@link #serve} wants to be called, in milliseconds since 1970 */
    public long nextMs(long nowMs) {
        if (!news.isEmpty() || !over.isEmpty() || !deadLetters.isEmpty()) {
            return nowMs;
        }
        return deadlines.isEmpty() ? Long.MAX_VALUE : nowMs + Deadlines.TICK_MS;
    }

    /** @return whether something is to be noted in the log */
    public boolean isChanged() {
        return !changed.isEmpty() || lanes.isChanged();
    }

    /** What has changed becomes records. */
    public void note(Consumer<Command> executor) {
        if (lanes.isChanged()) {
            executor.accept(new InternalCommand(decision -> {
                if (decision.hasRoom(Decision.RECORDS_BYTES)) {
                    lanes.note(decision);
                }
            }));
        }
        List<QueueLeases> toNote = changed;
        changed = new ArrayList<>();
        for (QueueLeases queue : toNote) {
            if (topics.knows(queue)) {
                executor.accept(new InternalCommand(decision -> note(queue, decision)));
            }
        }
    }

    private void note(QueueLeases queue, Decision decision) {
        if (!decision.hasRoom(queue.noteBytes())) {
            changed.add(queue); // it stays so until then
            return;
        }
        TopicLeases topic = queue.topic();
        progress.commit(new CommittedOffset(topic.group(), topic.name(), queue.queueId(), queue.floorOffset()));
        QueueStanding noted = queue.note();
        if (!noted.isEmpty() || state.leases().knows(topic.group(), topic.name(), queue.queueId())) {
            decision.append(new LeasesNoted(noted));
        }
        if (queue.wantsOneMoreNote()) {
            queue.touch();
        } else {
            topics.dropIfIdle(queue, decision.nowMs());
        }
    }

    /** @return everybody who waits; the shard will not serve them any more */
    public List<Command> takeWaiting() {
        List<Command> all = new ArrayList<>(over);
        over.clear();
        topics.forEach(topic -> {
            all.addAll(topic.waiting());
            topic.waiting().clear();
        });
        waitingCount = 0;
        return all;
    }

    void decide(LeaseWait wait, Decision decision) {
        if (wait.isWaiting()) {
            wait.endWaiting(decision.nowMs(), deadlines);
            waitingCount--;
        }
        if (wait.isAbandoned()) {
            return;
        }
        if (wait.refuseGone(decision.state())) {
            return;
        }
        if (!wait.join(lanes, decision.nowMs())) {
            wait.end(LeaseWait.Result.TOO_MANY_WAIT);
            return;
        }
        if (wait.hasLeft()) {
            wait.end(LeaseWait.Result.NOTHING);
            return;
        }
        if (!decision.admitsRecords(wait, Decision.RECORDS_BYTES)) {
            return;
        }
        TopicLeases topic =
                topics.getOrAdd(wait.request().group(), wait.request().topic());
        if (wait.take(topic, choice, decision)) {
            wait.end(LeaseWait.Result.FOUND);
        } else if (wait.mayWait(decision.nowMs())) {
            await(wait, topic, decision);
        }
    }

    private void await(LeaseWait wait, TopicLeases topic, Decision decision) {
        if (waitingCount >= WAITING_MAX) {
            wait.end(LeaseWait.Result.TOO_MANY_WAIT);
            return;
        }
        waitingCount++;
        wait.beginWaiting(deadlines);
        topic.waiting().add(wait);
        decision.postpone(wait);
        if (appendedUnseen || wait.isToSearchOn()) {
            topic.hasNews(); // perhaps there: what this round has appended is not seen before its end
        }
    }

    void waitIsOver(LeaseWait wait) {
        TopicLeases topic = topics.get(wait.request().group(), wait.request().topic());
        if (topic != null) {
            topic.waiting().remove(wait);
        }
        wait.endWaiting(wait.request().deadlineMs(), deadlines);
        wait.isOver();
        waitingCount--;
        over.add(wait);
    }

    Deadlines deadlines() {
        return deadlines;
    }

    Lanes lanes() {
        return lanes;
    }

    /** What was its consumers' is the base's now. */
    private void laneEnded(Lane.LaneKey lane) {
        TopicLeases topic = topics.get(lane.group(), lane.topic());
        if (topic != null) {
            topic.hasNews();
        }
    }

    int retryMax(String group) {
        GroupConfig config = state.groups().get(group);
        return config == null ? GroupConfig.RETRY_MAX_DEFAULT : config.retryMax();
    }

    /** What comes back to a group's retry topic is for everybody who waits in the group. */
    void hasNews(TopicLeases topic) {
        if (Names.isRetryTopic(topic.name())) {
            topics.waitedFor(topic.group()).forEach(TopicLeases::hasNews);
        }
        if (topic.waiting().isEmpty()) {
            topic.newsTaken();
        } else {
            news.add(topic);
        }
    }

    void changed(QueueLeases queue) {
        changed.add(queue);
    }

    void exhausted(Lease lease) {
        deadLetters.add(lease);
    }

    private LeaseAnswer acknowledge(LeaseHandle handle, long nowMs) {
        return topics.forEachLease(handle, (queue, lease) -> {
            lease.sign(nowMs);
            queue.close(lease);
        });
    }

    private ChangedLease change(LeaseHandle handle, long invisibleMs, Decision decision) {
        @Nullable Lease[] changedLease = {null};
        LeaseAnswer answer = topics.forEachLease(handle, (queue, lease) -> {
            lease.sign(decision.nowMs());
            lease.renew(decision.nowMs(), decision.nowMs() + invisibleMs, deadlines);
            queue.touch();
            changedLease[0] = lease;
        });
        Lease lease = changedLease[0];
        return lease == null ? new ChangedLease(answer, 0) : new ChangedLease(answer, lease.popTimeMs());
    }
}
