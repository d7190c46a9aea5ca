package io.ternmq.remoting.access;

import io.ternmq.broker.Shard;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.access.CreationRules;
import io.ternmq.broker.access.ReaderPool;
import io.ternmq.broker.access.WriteSwitch;
import io.ternmq.broker.catalog.Catalog;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.delivery.ReadableQueues;
import io.ternmq.broker.member.Membership;
import io.ternmq.broker.traffic.GroupThrottles;
import io.ternmq.broker.traffic.Traffic;
import io.ternmq.log.ReadScratch;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.connection.Exchange;
import java.util.function.Function;
import org.agrona.concurrent.EpochClock;

/**
 * What a handler needs of the world. Thread-safe.
 *
 * @param broker the shard behind this server, and what all ways to it share
 * @param identity what clients know the shard by
 * @param creation what comes into being because a client used it
 */
public record BrokerAccess(Broker broker, BrokerIdentity identity, CreationRules creation) {
    private static final String BUSY = "the server has too much to do, try again later";

    /** @return the shard behind this server */
    public Shard shard() {
        return broker.shard();
    }

    /** @return who is there */
    public Membership membership() {
        return broker.membership();
    }

    /** @return threads for reads that may wait for the disk */
    public ReaderPool readers() {
        return broker.readers();
    }

    /** @return whether routes offer topics for writing */
    public WriteSwitch writes() {
        return broker.writes();
    }

    /** @return counts what goes in and out */
    public Traffic traffic() {
        return broker.traffic();
    }

    /** @return hold groups to their rates */
    public GroupThrottles throttles() {
        return broker.throttles();
    }

    /** @return the time */
    public EpochClock clock() {
        return broker.clock();
    }

    /** @return the committed topics, groups and settings */
    public Catalog catalog() {
        return shard().catalog();
    }

    /** @return how many queues of the topic consumers read, those included that are only drained */
    public int readableQueues(Topic topic) {
        return new ReadableQueues(shard().queues()).count(topic);
    }

    /** Hands the command to the shard, or answers the exchange that the shard is busy. */
    public void submit(Exchange exchange, Command command) {
        if (!shard().enqueue(command)) {
            exchange.answer(ResponseCode.SYSTEM_BUSY, BUSY);
        }
    }

    /** Hands the command to the shard; where the shard is busy it is dropped. For what will be said again soon. */
    public void submitQuietly(Command command) {
        broker.submitQuietly(command);
    }

    /** Reads on a reader thread; what it returns is run in the event loop of the exchange's connection. */
    public void read(Exchange exchange, Function<ReadScratch, Completion> reading) {
        boolean accepted = readers().submit(scratch -> {
            Completion completion = new FailedRead(exchange);
            try {
                completion = reading.apply(scratch);
            } finally {
                exchange.replies().run(exchange.answered(completion));
            }
        });
        if (!accepted) {
            exchange.answer(ResponseCode.SYSTEM_BUSY, BUSY);
        }
    }

    private record FailedRead(Exchange exchange) implements Completion {
        @Override
        public void finish() {
            exchange.answer(ResponseCode.SYSTEM_ERROR, "the log could not be read");
        }
    }
}
