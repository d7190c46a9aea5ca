package io.ternmq.remoting.lease;

import io.ternmq.broker.lease.LaneMember;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.remoting.connection.ClientConnection;

/**
 * How a request says of which lane its sender is. Official clients know no lanes: a field that only TernMQ's own sends. A
 * member is known by its connection: {@link io.ternmq.remoting.client.UnregisterHandler} ends its seat, a lost connection does not.
 */
final class LaneFields {
    private static final String LANE = "lane";

    private LaneFields() {}

    static LaneMember member(RemotingFrame request, ClientConnection connection) {
        String lane = request.get(LANE);
        return lane == null || lane.isEmpty()
                ? LaneMember.BASE
                : new LaneMember(lane, connection.remoteAddress());
    }
}
