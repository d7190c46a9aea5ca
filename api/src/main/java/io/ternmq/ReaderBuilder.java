package io.ternmq;

import java.nio.file.Path;
import java.time.Instant;

/** Begins to read a topic. For one thread. */
public interface ReaderBuilder {

    /**
     * Reads some messages only.
     *
     * @param filter which
     * @return this
     */
    ReaderBuilder filter(Filter filter);

    /**
     * Keeps the position at the queue, under a name.
     *
     * @param group the name; nobody else reads or consumes under it
     * @return this
     */
    ReaderBuilder group(String group);

    /**
     * Keeps the position in a file of this process.
     *
     * @param file is made when it is missing
     * @return this
     */
    ReaderBuilder offsetsIn(Path file);

    /**
     * Where to begin without a kept position.
     *
     * @param start {@link StartAt#EARLIEST} by default
     * @return this
     */
    ReaderBuilder startAt(StartAt start);

    /**
     * Where to begin without a kept position.
     *
     * @param time with the first message that was stored then or later
     * @return this
     */
    ReaderBuilder startAt(Instant time);

    /**
     * Ends the settings.
     *
     * @return the reader
     */
    Reader open();
}
