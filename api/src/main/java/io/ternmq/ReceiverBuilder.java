package io.ternmq;

/** Begins to take messages of a group by hand. For one thread. */
public interface ReceiverBuilder {

    /**
     * Takes some messages only.
     *
     * @param filter which; the same in all members of the group
     * @return this
     */
    ReceiverBuilder filter(Filter filter);

    /**
     * Takes messages of one ordering group one after the other.
     *
     * @return this
     */
    ReceiverBuilder ordered();

    /**
     * Joins a lane.
     *
     * @param lane not empty
     * @return this
     */
    ReceiverBuilder lane(String lane);

    /**
     * Where a new group begins.
     *
     * @param start {@link StartAt#EARLIEST} by default
     * @return this
     */
    ReceiverBuilder startAt(StartAt start);

    /**
     * Ends the settings.
     *
     * @return the receiver
     */
    Receiver open();
}
