package io.ternmq.runtime.read;

import io.ternmq.Filter;
import io.ternmq.Reader;
import io.ternmq.ReaderBuilder;
import io.ternmq.StartAt;
import io.ternmq.engine.Engine;
import io.ternmq.runtime.message.Converters;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Gathers what a reader needs. */
public final class EngineReaderBuilder implements ReaderBuilder {

    /** Who reads without a group's name. */
    private static final String NAMELESS = "TERNMQ_READER";

    private final Engine engine;
    private final Converters converters;
    private final Takers takers;
    private final String topic;
    private Filter filter = Filter.all();
    private Positions start;
    private @Nullable String group;
    private @Nullable Path file;

    /**
     * Begins a reader.
     *
     * @param engine     has the messages
     * @param converters know bodies
     * @param takers     know who is open
     * @param topic      which topic
     */
    public EngineReaderBuilder(Engine engine, Converters converters, Takers takers, String topic) {
        this.engine = engine;
        this.converters = converters;
        this.takers = takers;
        this.topic = topic;
        this.start = StartPositions.at(engine, StartAt.EARLIEST);
    }

    @Override
    public ReaderBuilder filter(Filter newFilter) {
        filter = newFilter;
        return this;
    }

    @Override
    public ReaderBuilder group(String name) {
        group = name;
        return this;
    }

    @Override
    public ReaderBuilder offsetsIn(Path newFile) {
        file = newFile;
        return this;
    }

    @Override
    public ReaderBuilder startAt(StartAt newStart) {
        start = StartPositions.at(engine, newStart);
        return this;
    }

    @Override
    public ReaderBuilder startAt(Instant time) {
        start = StartPositions.at(engine, time);
        return this;
    }

    @Override
    public Reader open() {
        if (group != null && file != null) {
            throw new IllegalStateException("group and offsetsIn: both (expected: one at most)");
        }
        String reads = group == null ? NAMELESS : group;
        boolean keeps = group != null || file != null;
        return takers.opened(new EngineReader(
                engine, converters, takers, new EngineReader.Plan(topic, reads, filter, positions(), keeps)));
    }

    private Positions positions() {
        if (group != null) {
            return new GroupPositions(engine, group, start);
        }
        return file != null ? new FilePositions(file, start) : start;
    }
}
