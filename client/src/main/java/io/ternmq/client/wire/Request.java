package io.ternmq.client.wire;

import io.ternmq.TernMQException;
import io.ternmq.protocol.remoting.RemotingFrame;
import org.jspecify.annotations.Nullable;

/**
 * Something that is asked of a server. One of {@link #answered} and {@link #failed} is called, once; neither may block. All
 * methods but the getters run on the event loop of the connection, {@link #failed} also on the thread that submits.
 */
public abstract class Request {

    private int opaque;
    private long timerId;
    private long readsBefore;
    private @Nullable Bundle gatheredIn;

    /**
     * What it is, completing "cannot …".
     *
     * @return for messages to people
     */
    protected abstract String what();

    /**
     * How many bytes it holds, about.
     *
     * @return counted against the connection's limit
     */
    protected abstract int heldBytes();

    /**
     * How long the answer may take once it is written.
     *
     * @return in milliseconds, 1 or more
     */
    protected abstract long timeoutMs();

    /**
     * Whether doing it twice is as good as once, so that a lost answer leaves nothing unknown.
     *
     * @return false where the loss of an answer matters
     */
    protected boolean isRepeatable() {
        return true;
    }

    /**
     * Whether nobody answers it. {@link #answered} is then called with null when it has been written.
     *
     * @return false as a rule
     */
    protected boolean isOneWay() {
        return false;
    }

    /**
     * Writes the frame.
     *
     * @param out where to; the request begins and ends its frame itself
     */
    protected abstract void write(RequestWriter out);

    /**
     * Takes the answer.
     *
     * @param answer valid until the method returns; null when there is none to a request that is one-way
     */
    protected abstract void answered(@Nullable RemotingFrame answer);

    /**
     * Takes that there is no answer.
     *
     * @param failure why
     */
    protected abstract void failed(TernMQException failure);

    /**
     * How many requests it stands for.
     *
     * @return 1, but for bundles
     */
    protected int count() {
        return 1;
    }

    /**
     * With which others it may go out as one.
     *
     * @return equal for those that may; null when it goes alone
     */
    protected @Nullable Object bundleKey() {
        return null;
    }

    /**
     * Which bundle it must not overtake, when it goes alone: what gathers for this key is written before it.
     *
     * @return a {@link #bundleKey} of others; null when it may overtake any
     */
    protected @Nullable Object comesBehind() {
        return null;
    }

    /**
     * Begins a bundle with this request, which has a {@link #bundleKey}.
     *
     * @return takes more of the same key
     */
    protected Bundle bundle() {
        throw new IllegalStateException(what() + ": goes alone");
    }

    final int opaque() {
        return opaque;
    }

    final void opaque(int newOpaque) {
        opaque = newOpaque;
    }

    final long timerId() {
        return timerId;
    }

    final void timerId(long newTimerId) {
        timerId = newTimerId;
    }

    /** How often something had been read from the server when it was written. */
    final long readsBefore() {
        return readsBefore;
    }

    final void readsBefore(long count) {
        readsBefore = count;
    }

    /** The bundle that it went out as, and so counts for the next ones to wait; null for none. */
    final @Nullable Bundle gatheredIn() {
        return gatheredIn;
    }

    final void gatheredIn(@Nullable Bundle bundle) {
        gatheredIn = bundle;
    }
}
