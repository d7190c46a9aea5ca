package io.ternmq;

import java.time.Duration;

/** Makes a producer with settings of its own. For one thread. The producer lives as long as its queue is open. */
public interface ProducerBuilder {

    /**
     * How long a send may take, with all its attempts.
     *
     * @param timeout more than nothing; 3 s by default
     * @return this
     */
    ProducerBuilder timeout(Duration timeout);

    /**
     * How often a send is tried.
     *
     * @param count 1 or more; 3 by default
     * @return this
     */
    ProducerBuilder attempts(int count);

    /**
     * Chooses partitions.
     *
     * @param selector {@link QueueSelectors#byKeyOrInTurn} by default
     * @return this
     */
    ProducerBuilder selector(QueueSelector selector);

    /**
     * Adds an interceptor behind those of the queue.
     *
     * @param interceptor sees what this producer sends
     * @return this
     */
    ProducerBuilder intercept(SendInterceptor interceptor);

    /**
     * Sends all messages without one of their own down a lane.
     *
     * @param lane not empty
     * @return this
     */
    ProducerBuilder lane(String lane);

    /**
     * Ends the settings.
     *
     * @return the producer
     */
    Producer open();
}
