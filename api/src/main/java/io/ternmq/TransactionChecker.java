package io.ternmq;

/** Knows what became of the work that a prepared message belongs to. Called on a thread of the engine; may block. */
@FunctionalInterface
public interface TransactionChecker {

    /** What is to become of a prepared message. */
    enum Decision {
        /** It is to be seen. */
        COMMIT,
        /** It is never to be seen. */
        ROLLBACK,
        /** Not known yet: ask again later. */
        UNKNOWN
    }

    /**
     * Decides. What it throws counts as {@link Decision#UNKNOWN}.
     *
     * @param prepared the message
     * @return what is to become of it
     * @throws Exception when it cannot find out now
     */
    Decision check(ReceivedMessage prepared) throws Exception;
}
