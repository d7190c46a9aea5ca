package io.ternmq.spi;

import io.ternmq.TernMQ;
import java.util.Set;

/** Opens queues of one kind. Found by {@link java.util.ServiceLoader}; needs a constructor without parameters. */
public interface EngineProvider {

    /**
     * What its addresses begin with.
     *
     * @return schemes without the colon, in lower case, such as {@code file}
     */
    Set<String> schemes();

    /**
     * Opens the queue.
     *
     * @param address has one of {@link #schemes()}
     * @param options what the application said
     * @return an open queue, which the caller closes
     * @throws io.ternmq.TernMQException when it cannot be opened
     * @throws IllegalArgumentException  when the address cannot be meant; the message says what was expected
     */
    TernMQ open(Address address, OpenOptions options);
}
