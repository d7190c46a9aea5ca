package io.ternmq.client.wire;

/** Requests that go out as one. Event loop only. */
public interface Bundle {

    /**
     * Takes one more.
     *
     * @param request has the key of those that are in it
     * @return false when it does not fit, and has to begin another bundle
     */
    boolean add(Request request);

    /**
     * Ends the bundle.
     *
     * @return does what all of them ask for, and tells each its part of the answer
     */
    Request close();

    /**
     * Whether nobody waits for the answer as a rule, so that it may gather until the one before was answered.
     *
     * @return false as a rule
     */
    default boolean isPatient() {
        return false;
    }
}
