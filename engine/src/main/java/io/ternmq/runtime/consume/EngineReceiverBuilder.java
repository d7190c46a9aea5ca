package io.ternmq.runtime.consume;

import io.ternmq.Filter;
import io.ternmq.Receiver;
import io.ternmq.ReceiverBuilder;
import io.ternmq.StartAt;
import io.ternmq.engine.Engine;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.MemberTerms;
import io.ternmq.runtime.message.Awaiting;
import io.ternmq.runtime.message.Converters;
import io.ternmq.runtime.read.Takers;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what a receiver needs. */
public final class EngineReceiverBuilder implements ReceiverBuilder {

    private final Engine engine;
    private final Converters converters;
    private final Takers takers;
    private final String group;
    private final String topic;
    private Filter filter = Filter.all();
    private StartAt start = StartAt.EARLIEST;
    private boolean ordered;
    private @Nullable String lane;

    /**
     * Begins a receiver.
     *
     * @param engine     has the messages
     * @param converters know bodies
     * @param takers     know who is open
     * @param group      whose messages
     * @param topic      of which topic
     */
    public EngineReceiverBuilder(Engine engine, Converters converters, Takers takers, String group, String topic) {
        this.engine = engine;
        this.converters = converters;
        this.takers = takers;
        this.group = group;
        this.topic = topic;
    }

    @Override
    public ReceiverBuilder filter(Filter newFilter) {
        filter = newFilter;
        return this;
    }

    @Override
    public ReceiverBuilder ordered() {
        ordered = true;
        return this;
    }

    @Override
    public ReceiverBuilder lane(String newLane) {
        if (newLane.isEmpty()) {
            throw new IllegalArgumentException("lane: '' (expected: not empty)");
        }
        lane = newLane;
        return this;
    }

    @Override
    public ReceiverBuilder startAt(StartAt newStart) {
        start = newStart;
        return this;
    }

    @Override
    public Receiver open() {
        MemberTerms terms = new MemberTerms(
                group, MemberTerms.Mode.LEASED, Map.of(topic, filter), ordered, Optional.ofNullable(lane), start);
        GroupMember member = Awaiting.get(engine.join(terms, () -> {}));
        return takers.opened(new EngineReceiver(engine, member, topic, converters, takers));
    }
}
