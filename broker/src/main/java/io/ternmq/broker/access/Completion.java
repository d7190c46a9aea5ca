package io.ternmq.broker.access;

/** The last step of a request that another thread worked on. */
@FunctionalInterface
public interface Completion {
    /** Answers the request; runs in the event loop of its connection. */
    void finish();

    /** {@link #finish} has thrown: whoever waits should hear of it. Runs there, too; does nothing of itself. */
    default void failed() {}

    /** @return the same step; should it fail, the other runs instead of {@link #failed} */
    default Completion otherwise(Runnable whenFailed) {
        Completion step = this;
        return new Completion() {
            @Override
            public void finish() {
                step.finish();
            }

            @Override
            public void failed() {
                whenFailed.run();
            }
        };
    }
}
