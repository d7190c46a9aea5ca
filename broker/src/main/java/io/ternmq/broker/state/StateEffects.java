package io.ternmq.broker.state;

/** What some changes of state mean outside of it, for the log. Called from {@code apply}, on the shard thread. */
public interface StateEffects {
    /** The topic of these queues is gone by the record at that position: their index blocks are free. */
    void dropQueues(int[] queueNos, long position);

    /** The log begins here from now on. */
    void trim(long position);
}
