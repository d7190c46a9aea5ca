package io.ternmq;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Begins a member of a group: topics with their handlers, and how to consume. For one thread.
 *
 * <p>All members of a group must name the same topics and filters: the group's messages are shared out among them.
 */
public interface ConsumerBuilder {

    /**
     * Consumes a topic.
     *
     * @param topic   which topic
     * @param handler gets each message
     * @return this
     */
    ConsumerBuilder on(String topic, MessageHandler handler);

    /**
     * Consumes some messages of a topic.
     *
     * @param topic   which topic
     * @param filter  which messages
     * @param handler gets each of them
     * @return this
     */
    ConsumerBuilder on(String topic, Filter filter, MessageHandler handler);

    /**
     * Consumes a topic several messages at a time.
     *
     * @param topic    which topic
     * @param filter   which messages
     * @param countMax at most so many at a time, 1 to 32
     * @param handler  gets them
     * @return this
     */
    ConsumerBuilder onBatch(String topic, Filter filter, int countMax, BatchHandler handler);

    /**
     * Answers requests.
     *
     * @param topic   which topic
     * @param handler makes the answers
     * @return this
     */
    ConsumerBuilder answer(String topic, RequestHandler handler);

    /**
     * How many messages of each topic are handled at the same time.
     *
     * @param count 1 to 1,024; 16 by default
     * @return this
     */
    ConsumerBuilder concurrency(int count);

    /**
     * Runs handlers on threads of the application's. It must not refuse, and must not run them on the calling thread.
     *
     * @param executor stays the caller's
     * @return this
     */
    ConsumerBuilder executor(Executor executor);

    /**
     * Consumes messages of one ordering group (without one: of one partition) one after the other. A message that fails holds up
     * only those of its own ordering group.
     *
     * @return this
     */
    ConsumerBuilder ordered();

    /**
     * Has every member get every message. Progress is kept in {@link #offsetsIn} when it is given; else each start begins where
     * {@link #startAt} says. What fails is logged and not tried again.
     *
     * @return this
     */
    ConsumerBuilder broadcast();

    /**
     * Shares partitions out among the members instead of messages: a partition has one member at a time, and moves when
     * members come and go. By default messages are leased one by one, and nothing moves.
     *
     * @param strategy who gets which partitions; the same in all members
     * @return this
     */
    ConsumerBuilder allocate(AllocationStrategy strategy);

    /**
     * Keeps the offsets of a broadcast consumer in a file of this process.
     *
     * @param file is made when it is missing
     * @return this
     */
    ConsumerBuilder offsetsIn(Path file);

    /**
     * Where a new group begins.
     *
     * @param start {@link StartAt#EARLIEST} by default; of a broadcast consumer without a file {@link StartAt#LATEST}
     * @return this
     */
    ConsumerBuilder startAt(StartAt start);

    /**
     * When messages whose handler threw are tried again.
     *
     * @param retry {@link Retry#classic} by default
     * @return this
     */
    ConsumerBuilder retry(Retry retry);

    /**
     * How long a message stays out of others' sight when this process is lost. While its handler runs it is renewed.
     *
     * @param duration 10 s to 3 h; 60 s by default
     * @return this
     */
    ConsumerBuilder invisible(Duration duration);

    /**
     * Joins a lane: gets that lane's messages, and only those.
     *
     * @param lane not empty
     * @return this
     */
    ConsumerBuilder lane(String lane);

    /**
     * Adds an interceptor inside those of the queue.
     *
     * @param interceptor stands around this member's handlers
     * @return this
     */
    ConsumerBuilder intercept(ConsumeInterceptor interceptor);

    /**
     * Is told who is in the group.
     *
     * @param listener called on a thread of the engine; must not block
     * @return this
     */
    ConsumerBuilder membership(MembershipListener listener);

    /**
     * How long {@link Subscription#close} waits for handlers.
     *
     * @param timeout 0 or more; 30 s by default
     * @return this
     */
    ConsumerBuilder closeTimeout(Duration timeout);

    /**
     * Joins the group and begins to consume.
     *
     * @return ends it when it is closed
     * @throws IllegalStateException   when there is no topic, or settings exclude each other
     * @throws InvalidRequestException when the queue refuses a filter, a name or a setting
     */
    Subscription start();
}
