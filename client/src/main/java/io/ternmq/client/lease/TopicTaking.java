package io.ternmq.client.lease;

import io.ternmq.Filter;
import io.ternmq.Partition;
import io.ternmq.TernMQException;
import io.ternmq.UnsupportedException;
import io.ternmq.client.message.TagFilter;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.GroupMember.TakeRequest;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks the brokers of one topic for messages. Thread-safe. */
final class TopicTaking {

    /** A server is not asked to wait any longer at a time. */
    private static final long POLL_MS_MAX = 20_000;

    /** RocketMQ refuses who asks for more at a time. */
    private static final int COUNT_MAX = 32;

    private static final int ANY_QUEUE = -1;

    private final LeaseTerms terms;
    private final String topic;
    private final Filter filter;
    private final TagFilter tags;
    private final Polls polls = new Polls();
    private final AtomicInteger turn = new AtomicInteger();

    TopicTaking(LeaseTerms terms, String topic) {
        this.terms = terms;
        this.topic = topic;
        this.filter = terms.member().topics().getOrDefault(topic, Filter.all());
        this.tags = TagFilter.of(filter);
    }

    TagFilter tags() {
        return tags;
    }

    Polls polls() {
        return polls;
    }

    /** The brokers that have partitions to read, another one first each time. */
    CompletableFuture<List<String>> brokers() {
        return terms.routes().readable(topic).thenApply(partitions -> {
            List<String> brokers =
                    partitions.stream().map(Partition::broker).distinct().toList();
            if (brokers.size() < 2) {
                return brokers;
            }
            int first = Math.floorMod(turn.getAndIncrement(), brokers.size());
            List<String> turned = new ArrayList<>(brokers.subList(first, brokers.size()));
            turned.addAll(brokers.subList(0, first));
            return turned;
        });
    }

    /** Takes from one broker, which waits for so long at most until it has some. */
    CompletableFuture<List<LeasedMessage>> take(String broker, TakeRequest request, long waitMs) {
        Connection connection;
        try {
            connection = terms.routes().connection(broker);
        } catch (TernMQException unreachable) {
            return CompletableFuture.failedFuture(unreachable);
        }
        return terms.member().lane().isEmpty()
                ? pop(connection, broker, request, waitMs)
                : terms.servers().isTern(connection).thenCompose(isTern -> {
                    if (!isTern) {
                        throw new UnsupportedException("lane: '"
                                + terms.member().lane().orElse("") + "' (expected: none, as " + connection.address()
                                + " is no TernMQ server)");
                    }
                    return pop(connection, broker, request, waitMs);
                });
    }

    private CompletableFuture<List<LeasedMessage>> pop(
            Connection connection, String broker, TakeRequest request, long waitMs) {
        long pollMs = Math.min(waitMs, POLL_MS_MAX);
        String what = "take messages of " + topic;
        Call call = new Call(RequestCode.POP_MESSAGE, what, terms.timeoutMs())
                .waiting(pollMs)
                .field("consumerGroup", terms.group())
                .field("topic", topic)
                .field("queueId", ANY_QUEUE)
                .field("maxMsgNums", count(connection, request))
                .field("invisibleTime", request.invisible().toMillis())
                .field("pollTime", pollMs)
                .field("bornTime", terms.clock().time())
                .field("initMode", terms.initMode())
                .field("expType", TagFilter.language(filter))
                .field("exp", filter.expression())
                .field("order", terms.member().ordered());
        terms.member().lane().ifPresent(lane -> call.field("lane", lane));
        return call.to(connection, answer -> read(what, broker, connection, answer));
    }

    /** As many as are wanted where that is allowed. */
    private int count(Connection connection, TakeRequest request) {
        boolean isMore = request.countMax() > COUNT_MAX;
        return isMore && !terms.servers().isKnownAsTern(connection) ? COUNT_MAX : request.countMax();
    }

    private List<LeasedMessage> read(String what, String broker, Connection connection, RemotingFrame answer) {
        return switch (answer.code()) {
            case ResponseCode.SUCCESS ->
                PopAnswer.read(topic, broker, answer, terms.clock().time());
            case ResponseCode.PULL_NOT_FOUND, ResponseCode.POLLING_TIMEOUT -> List.of();
            case ResponseCode.TOPIC_NOT_EXIST -> {
                terms.routes().forget(topic);
                yield List.of();
            }
            default -> {
                terms.servers().forget(connection);
                throw Failures.refused(what, answer);
            }
        };
    }
}
