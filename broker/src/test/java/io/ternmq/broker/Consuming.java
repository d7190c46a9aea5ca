package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.lease.AwaitLeasable;
import io.ternmq.broker.lease.ChangedLease;
import io.ternmq.broker.lease.LaneMember;
import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.broker.lease.LeaseHandle;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.broker.lease.TakeMessages;
import io.ternmq.broker.lease.TakenMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A group that takes messages by lease from a shard that the test turns. */
final class Consuming {
    static final long INVISIBLE_MS = 30_000;

    private final ShardFixture fixture;
    private final String group;
    private final String topic;
    IntPredicate tagFilter = tagHash -> true;
    boolean fromLatest;
    boolean ordered;
    boolean withRetries = true;
    LaneMember member = LaneMember.BASE;
    int queueId = LeaseWait.ANY_QUEUE;

    Consuming(ShardFixture fixture, String group, String topic) {
        this.fixture = fixture;
        this.group = group;
        this.topic = topic;
    }

    static Consuming of(ShardFixture fixture, GroupConfig config, String topic) {
        fixture.<GroupConfig>ask(outcome -> StateCommands.putGroup(config, outcome));
        return new Consuming(fixture, config.name(), topic);
    }

    /** What a group holds of one message. */
    record Held(String topic, int queueId, long offset, int attempts, long popTimeMs, String body) {}

    /** Takes at most so many, and does not wait. */
    List<Held> take(int countMax) {
        Take take = ask(countMax, INVISIBLE_MS, 0);
        fixture.work();
        return take.held();
    }

    /** Takes, or waits so long. */
    Take ask(int countMax, long invisibleMs, long waitMs) {
        Take take = new Take(request(waitMs), new TakeMessages.Terms(countMax, 1 << 20, invisibleMs));
        assertThat(fixture.shard().submit(take)).isTrue();
        fixture.work();
        return take;
    }

    /** Takes at most so many under these terms. */
    List<Held> take(TakeMessages.Terms terms) {
        Take take = new Take(request(0), terms);
        assertThat(fixture.shard().submit(take)).isTrue();
        fixture.work();
        return take.held();
    }

    /** Waits so long for something to take, and takes nothing. */
    Notice notice(long waitMs) {
        Notice notice = new Notice(request(waitMs));
        assertThat(fixture.shard().submit(notice)).isTrue();
        fixture.work();
        return notice;
    }

    private LeaseWait.Request request(long waitMs) {
        return new LeaseWait.Request(
                group,
                topic,
                queueId,
                fromLatest,
                tagFilter,
                ordered,
                withRetries,
                waitMs == 0 ? 0 : fixture.clock.time() + waitMs,
                member);
    }

    /** Another consumer of the group, in a lane. */
    Consuming inLane(String lane, String name) {
        Consuming consuming = new Consuming(fixture, group, topic);
        consuming.ordered = ordered;
        consuming.member = new LaneMember(lane, name);
        return consuming;
    }

    /** Says that it will ask for nothing more. */
    void leave() {
        fixture.<Boolean>ask(outcome -> fixture.shard().leases().leave(group, member.name(), outcome));
    }

    /** Says that it will ask for nothing more of its topic in its lane. */
    void leaveLane() {
        fixture.<Boolean>ask(outcome -> fixture.shard().leases().leaveLane(group, topic, member, outcome));
    }

    LeaseAnswer acknowledge(Held held) {
        return fixture.ask(outcome -> fixture.shard().leases().acknowledge(handle(held), outcome));
    }

    void acknowledge(List<Held> all) {
        all.forEach(this::acknowledge);
    }

    ChangedLease change(Held held, long invisibleMs) {
        return fixture.ask(outcome -> fixture.shard().leases().change(handle(held), invisibleMs, outcome));
    }

    /** Acknowledges without turning the shard. */
    Command acknowledgement(Held held, ShardFixture.Answer<LeaseAnswer> answer) {
        return fixture.shard().leases().acknowledge(handle(held), answer);
    }

    void takeBack(Held held, long delayMs) {
        fixture.<LeaseAnswer>ask(outcome -> fixture.shard().leases().takeBack(handle(held), delayMs, outcome));
    }

    void handOver(Held held, String toTopic) {
        fixture.<LeaseAnswer>ask(outcome -> fixture.shard().leases().handOver(handle(held), toTopic, outcome));
    }

    void giveUp(Held held) {
        fixture.<LeaseAnswer>ask(outcome -> fixture.shard().leases().giveUp(handle(held), outcome));
    }

    LeaseAnswer bury(Held held) {
        return fixture.ask(outcome -> fixture.shard().leases().bury(handle(held), outcome));
    }

    /** The group's committed offset. */
    long committed(int ofQueueId) {
        return fixture.<Long>ask(
                outcome -> StateCommands.readProgress(progress -> progress.get(group, topic, ofQueueId), outcome));
    }

    static List<String> bodies(List<Held> held) {
        return held.stream().map(Held::body).toList();
    }

    LeaseHandle handle(Held held) {
        QueueRef queue = new QueueRef(group, held.topic, held.queueId);
        return new LeaseHandle(queue, new long[] {held.offset}, held.popTimeMs);
    }

    /** One request to be told. */
    final class Notice extends AwaitLeasable {
        boolean answered;

        Notice(Request request) {
            super(fixture.shard().leases(), request);
        }

        @Override
        public boolean isAbandoned() {
            return false;
        }

        @Override
        protected void committed() {
            answered = true;
        }

        @Override
        protected void refused(Refusal reason, String detail) {
            throw new AssertionError(detail);
        }
    }

    /** One request to take. */
    final class Take extends TakeMessages {
        boolean answered;
        boolean abandoned;

        @Nullable
        Refusal refusal;

        Take(Request request, Terms terms) {
            super(fixture.shard().leases(), request, terms);
        }

        List<Held> held() {
            List<Held> held = new ArrayList<>();
            for (TakenMessages messages : taken()) {
                for (int i = 0; i < messages.offsets().length; i++) {
                    long offset = messages.offsets()[i];
                    String body = fixture.readFrom(messages.topic(), messages.queueId(), offset)
                            .get(0);
                    held.add(new Held(
                            messages.topic(), messages.queueId(), offset, messages.attempts()[i], popTimeMs(), body));
                }
            }
            return held;
        }

        @Override
        public boolean isAbandoned() {
            return abandoned;
        }

        @Override
        protected void committed() {
            answered = true;
        }

        @Override
        protected void refused(Refusal reason, String detail) {
            refusal = reason;
        }
    }
}
