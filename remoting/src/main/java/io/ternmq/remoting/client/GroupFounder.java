package io.ternmq.remoting.client;

import io.ternmq.broker.catalog.Catalog;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.connection.Completion;
import io.ternmq.remoting.connection.Exchange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what a consumer group needs before its members may use it: the group itself, if clients may make groups, and
 * its retry topic. A group that cannot be made is passed over; its members are told when they pull.
 */
final class GroupFounder {
    private static final Logger LOG = LoggerFactory.getLogger(GroupFounder.class);

    private final BrokerAccess access;

    GroupFounder(BrokerAccess access) {
        this.access = access;
    }

    /** Runs the next step, in the exchange's event loop, once everything is there that could be made. */
    void found(Exchange exchange, Collection<String> groups, Completion next) {
        Founding founding = new Founding(exchange, next);
        List<Command> commands = new ArrayList<>(0);
        for (String group : groups) {
            plan(group, founding, commands);
        }
        if (commands.isEmpty()) {
            next.finish();
            return;
        }
        founding.missing.set(commands.size());
        for (Command command : commands) {
            if (!access.shard().submit(command)) {
                founding.notSubmitted();
            }
        }
    }

    private void plan(String name, Founding founding, List<Command> commands) {
        Catalog catalog = access.catalog();
        GroupConfig group = catalog.group(name);
        if (group == null && !access.creation().groups()) {
            return;
        }
        try {
            GroupConfig wanted = group == null ? GroupConfig.of(name) : group;
            if (group == null) {
                commands.add(StateCommands.putGroupIfAbsent(wanted, founding.step()));
            }
            String retryTopic = Names.retryTopic(name);
            if (catalog.topic(retryTopic) == null) {
                commands.add(StateCommands.putTopicIfAbsent(
                        TopicConfig.of(retryTopic, wanted.retryQueues()), founding.step()));
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("No group '{}': {}", name, e.getMessage());
        }
    }

    /** Counts what is still to be made. */
    private static final class Founding {
        private final Exchange exchange;
        private final Completion next;
        private final AtomicInteger missing = new AtomicInteger();

        Founding(Exchange exchange, Completion next) {
            this.exchange = exchange;
            this.next = next;
        }

        <T> Outcome<T> step() {
            return new Outcome<>() {
                @Override
                public void committed(T result) {
                    made();
                }

                @Override
                public void refused(Refusal refusal, String detail) {
                    LOG.warn("A group or its retry topic was not made: {}", detail);
                    made();
                }
            };
        }

        /** Shard thread. */
        private void made() {
            if (missing.decrementAndGet() == 0) {
                exchange.replies().add(next);
            }
        }

        /** Event loop of the exchange. */
        void notSubmitted() {
            LOG.warn("A group or its retry topic was not made: the shard has too much to do");
            if (missing.decrementAndGet() == 0) {
                next.finish();
            }
        }
    }
}
