package io.ternmq.protocol.remoting;

/** RocketMQ's numbers for its versions, as they stand in headers. */
public final class RemotingVersion {
    /** The version that we answer with: clients of 5.x then use all that is here. */
    public static final int V5_5_0 = 513;

    private RemotingVersion() {}
}
