package io.ternmq.log.storage;

import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** A part of a file as memory. */
public interface MappedRegion extends AutoCloseable {
    /** @return the memory; not to be touched after {@link #close} */
    UnsafeBuffer buffer();

    /** Returns once all that was written to the memory before is on the disk. */
    void force() throws IOException;

    @Override
    void close();
}
