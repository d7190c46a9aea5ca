package io.ternmq.remoting.lease;

import io.ternmq.broker.lease.LaneMember;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.remoting.connection.ClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * How a request says of which lane its sender is. Official clients know no lanes: a field that only TernMQ's own sends. A
 * member is known by its connection: {@link io.ternmq.remoting.client.UnregisterHandler} ends its seat, a lost connection does not.
 */
public final class LaneFields {
    private static final String LANE = "lane";

    private LaneFields() {}

    /** @return what is wrong with the lane that is named, or null */
    public static @Nullable String problem(RemotingFrame request) {
        String lane = request.get(LANE);
        return lane == null || lane.length() <= LaneMember.LANE_CHARS_MAX
                ? null
                : LANE + ": " + lane.length() + " characters (expected: at most " + LaneMember.LANE_CHARS_MAX + ")";
    }

    /** @return its sender in the lane that it names, or the base; after {@link #problem} found none */
    public static LaneMember member(RemotingFrame request, ClientConnection connection) {
        String lane = request.get(LANE);
        return lane == null || lane.isEmpty() ? LaneMember.BASE : new LaneMember(lane, connection.remoteAddress());
    }
}
