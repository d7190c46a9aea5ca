package io.ternmq.broker.member;

/**
 * How the members of a group consume, as the last of them said.
 *
 * @param fetch who drives: the application or the client library
 * @param sharing whether members share the messages or each gets all of them
 * @param start where they ask to begin when the group has no offset yet
 */
public record ConsumerKind(Fetch fetch, Sharing sharing, Start start) {
    /** Who asks for messages. */
    public enum Fetch {
        /** The application, when it likes. */
        PULL,
        /** The client library, which hands them to a listener. */
        PUSH,
        /** The client library, by leases. */
        LEASE
    }

    /** Who gets a message. */
    public enum Sharing {
        /** One member of the group. */
        CLUSTERING,
        /** Every member. */
        BROADCASTING
    }

    /** The first message of a group that has no offset. */
    public enum Start {
        /** Messages sent from now on. */
        LAST,
        /** The oldest message that is kept. */
        FIRST,
        /** The first message since a time that the client knows. */
        TIME
    }

    /** What a pushing, sharing consumer says by default. */
    public static final ConsumerKind DEFAULT = new ConsumerKind(Fetch.PUSH, Sharing.CLUSTERING, Start.LAST);
}
