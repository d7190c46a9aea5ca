package io.ternmq.client.lease;

import io.ternmq.StartAt;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.Connections;
import io.ternmq.engine.MemberTerms;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * What all that one member does by lease has in common.
 *
 * @param member      how it consumes
 * @param routes      where partitions are
 * @param connections does things later
 * @param servers     tells TernMQ from others
 * @param clock       tells the time
 * @param nanoClock   measures waits
 * @param timeoutMs   for an answer
 */
public record LeaseTerms(
        MemberTerms member,
        Routes routes,
        Connections connections,
        KnownServers servers,
        EpochClock clock,
        NanoClock nanoClock,
        long timeoutMs) {

    String group() {
        return member.group();
    }

    /** RocketMQ's number for where a new group begins. */
    int initMode() {
        return member.start() == StartAt.EARLIEST ? 0 : 1;
    }
}
