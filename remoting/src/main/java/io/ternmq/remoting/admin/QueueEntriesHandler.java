package io.ternmq.remoting.admin;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.member.Subscription;
import io.ternmq.log.index.IndexEntries;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.body.QueueEntriesBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows what the index knows of a queue's messages, without reading them. */
public final class QueueEntriesHandler implements RequestHandler {
    /** More are not shown at once. */
    private static final int COUNT_MAX = 1_024;

    private final BrokerAccess access;

    /** @param access the shard that has the queues */
    public QueueEntriesHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String name = request.getRequired("topic");
        int queueId = request.getInt("queueId");
        Topic topic = access.catalog().topic(name);
        if (topic == null || !topic.hasQueue(queueId)) {
            exchange.answer(ResponseCode.SYSTEM_ERROR, "there is no queue " + queueId + " of the topic '" + name + "'");
            return;
        }
        String group =
                Objects.requireNonNullElse(request.get("consumerGroup"), "").trim();
        Subscription subscription = group.isEmpty() ? null : access.membership().subscription(group, name);
        int count = Math.max(1, Math.min(request.getInt("count"), COUNT_MAX));
        QueueIndex queues = access.shard().queues();
        int queueNo = topic.queueNo(queueId);
        IndexEntries entries = new IndexEntries(count);
        queues.copy(queueNo, Math.max(0, request.getLong("index")), count, entries);
        exchange.succeed(new QueueEntriesBody(
                queues.minOffset(queueNo),
                queues.maxOffset(queueNo),
                rows(entries, subscription),
                subscription,
                !group.isEmpty() && subscription == null ? "no consumer of the group '" + group + "' is there" : ""));
    }

    private static List<QueueEntriesBody.Entry> rows(IndexEntries entries, @Nullable Subscription subscription) {
        List<QueueEntriesBody.Entry> rows = new ArrayList<>(entries.count());
        for (int i = 0; i < entries.count(); i++) {
            boolean wanted = subscription != null && !entries.isHole(i) && wants(subscription, entries.tagHash(i));
            rows.add(new QueueEntriesBody.Entry(entries.position(i), entries.size(i), entries.tagHash(i), wanted));
        }
        return rows;
    }

    private static boolean wants(Subscription subscription, int tagHash) {
        int[] hashes = subscription.tagHashes();
        return hashes.length == 0 || Arrays.binarySearch(hashes, tagHash) >= 0;
    }
}
