package io.ternmq.broker.member;

/** The way to a client, as its protocol provides it. Compared by identity. All methods: any thread, none waits. */
public interface Connection {
    /** @return host and port of the other side, for people */
    String remoteAddress();

    /** @return whether the client is there and can be told something */
    boolean isOpen();

    /** Tells the client that the members of a consumer group of its have changed; may be lost with the connection. */
    void membersChanged(String group);

    /** Ends the connection to a client that has not been heard of for too long. */
    void close();
}
