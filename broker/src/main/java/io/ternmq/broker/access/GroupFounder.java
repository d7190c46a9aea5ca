package io.ternmq.broker.access;

import io.ternmq.broker.Shard;
import io.ternmq.broker.catalog.Catalog;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.command.StateCommands;
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
public final class GroupFounder {
    private static final Logger LOG = LoggerFactory.getLogger(GroupFounder.class);

    private final Shard shard;
    private final CreationRules creation;

    /** @param creation whether clients may make groups */
    public GroupFounder(Shard shard, CreationRules creation) {
        this.shard = shard;
        this.creation = creation;
    }

    /**
     * Makes what is missing.
     *
     * @param loop where {@code next} runs, once everything is there that could be made; the caller's own
     */
    public void found(LoopReplies loop, Collection<String> groups, Completion next) {
        Founding founding = new Founding(loop, next);
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
            if (!shard.submit(command)) {
                founding.notSubmitted();
            }
        }
    }

    private void plan(String name, Founding founding, List<Command> commands) {
        Catalog catalog = shard.catalog();
        GroupConfig group = catalog.group(name);
        if (group == null && !creation.groups()) {
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
        private final LoopReplies loop;
        private final Completion next;
        private final AtomicInteger missing = new AtomicInteger();

        Founding(LoopReplies loop, Completion next) {
            this.loop = loop;
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
                loop.add(next);
            }
        }

        /** The event loop. */
        void notSubmitted() {
            LOG.warn("A group or its retry topic was not made: the shard has too much to do");
            if (missing.decrementAndGet() == 0) {
                next.finish();
            }
        }
    }
}
