package io.ternmq.broker.lease;

/**
 * Who consumes in a lane of a group.
 *
 * @param lane whose messages it gets, and no others, at most {@link #LANE_CHARS_MAX} characters; empty for the base, which gets messages without a lane and those of lanes
 *     that have nobody
 * @param name tells the members of a group apart; of no meaning in the base
 */
public record LaneMember(String lane, String name) {
    /** The base: no lane. */
    public static final LaneMember BASE = new LaneMember("", "");

    /** A lane's name has so many characters at most. */
    public static final int LANE_CHARS_MAX = 255;

    public LaneMember {
        if (lane.length() > LANE_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "lane: " + lane.length() + " characters (expected: at most " + LANE_CHARS_MAX + ")");
        }
    }

    /** @return whether it belongs to no lane */
    public boolean isBase() {
        return lane.isEmpty();
    }
}
