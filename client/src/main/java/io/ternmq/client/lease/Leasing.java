package io.ternmq.client.lease;

import io.ternmq.ClosedException;
import io.ternmq.LeaseLostException;
import io.ternmq.TernMQException;
import io.ternmq.client.message.Origin;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.engine.GroupMember.TakeRequest;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.engine.StoredMessage;
import io.ternmq.protocol.remoting.ReceiptHandle;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What one member takes, and what becomes of it. Thread-safe. */
public final class Leasing {

    /** At once, or nearly so. */
    private static final Duration NOW = Duration.ofMillis(1);
    /** Straight to the dead letters. */
    private static final int NEVER_AGAIN = -1;

    private final LeaseTerms terms;
    private final Map<String, TopicTaking> topics = new ConcurrentHashMap<>();
    private final Map<String, Queue<LeasedMessage>> kept = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Takes nothing yet.
     *
     * @param terms of the member
     */
    public Leasing(LeaseTerms terms) {
        this.terms = terms;
    }

    /**
     * Takes messages.
     *
     * @param request what
     * @return completes with none when none came in time
     */
    public CompletableFuture<List<LeasedMessage>> take(TakeRequest request) {
        if (closed) {
            return CompletableFuture.failedFuture(new ClosedException("the member of " + terms.group() + " has left"));
        }
        OfTopic ofTopic = new OfTopic(request.topic());
        List<LeasedMessage> earlier = ofTopic.kept(request);
        if (!earlier.isEmpty()) {
            return CompletableFuture.completedFuture(earlier);
        }
        TopicTaking topic = topics.computeIfAbsent(request.topic(), name -> new TopicTaking(terms, name));
        return new Take(terms, topic, request, ofTopic).start();
    }

    private final class OfTopic implements Take.Leftovers {

        private final String topic;

        OfTopic(String topic) {
            this.topic = topic;
        }

        @Override
        public void keep(List<LeasedMessage> messages) {
            if (closed) {
                putBack(messages);
                return;
            }
            Queue<LeasedMessage> queue = kept.computeIfAbsent(topic, name -> new ArrayDeque<>());
            synchronized (queue) {
                queue.addAll(messages);
            }
        }

        /** What has less than half of its time left goes back to others. */
        @Override
        public List<LeasedMessage> kept(TakeRequest request) {
            Queue<LeasedMessage> queue = kept.get(topic);
            if (queue == null) {
                return List.of();
            }
            Instant fresh = Instant.ofEpochMilli(
                    terms.clock().time() + request.invisible().toMillis() / 2);
            List<LeasedMessage> found = new ArrayList<>();
            List<LeasedMessage> old = new ArrayList<>(0);
            synchronized (queue) {
                while (found.size() < request.countMax() && !queue.isEmpty()) {
                    LeasedMessage next = queue.remove();
                    (next.deadline().isAfter(fresh) ? found : old).add(next);
                }
            }
            putBack(old);
            return found;
        }

        @Override
        public void putBack(List<LeasedMessage> messages) {
            for (LeasedMessage message : messages) {
                CompletableFuture<Void> unused = Leasing.this.putBack(message);
            }
        }

        @Override
        public void done(List<LeasedMessage> messages) {
            for (LeasedMessage message : messages) {
                CompletableFuture<Void> unused = ack(message);
            }
        }
    }

    /**
     * It is done.
     *
     * @param lease what was taken
     * @return fails with {@link LeaseLostException} when it is too late
     */
    public CompletableFuture<Void> ack(LeasedMessage lease) {
        try {
            ReceiptHandle handle = handle(lease);
            Connection connection = terms.routes().connection(handle.broker());
            Acknowledge request = new Acknowledge(terms, topic(lease), handle, connection);
            connection.submit(request);
            return request.result();
        } catch (TernMQException unreachable) {
            return CompletableFuture.failedFuture(unreachable);
        }
    }

    /**
     * Gives it another deadline.
     *
     * @param lease     what was taken
     * @param invisible from now
     * @return what it is known by from now on
     */
    public CompletableFuture<LeasedMessage> extend(LeasedMessage lease, Duration invisible) {
        ReceiptHandle handle = handle(lease);
        String topic = topic(lease);
        String what = "keep a message of " + topic;
        long invisibleMs = Math.max(NOW.toMillis(), invisible.toMillis());
        Connection connection;
        try {
            connection = terms.routes().connection(handle.broker());
        } catch (TernMQException unreachable) {
            return CompletableFuture.failedFuture(unreachable);
        }
        return new Call(RequestCode.CHANGE_MESSAGE_INVISIBLETIME, what, terms.timeoutMs())
                .field("consumerGroup", terms.group())
                .field("topic", RetryTopics.realTopic(handle.mark(), topic, terms.group()))
                .field("queueId", handle.queueId())
                .field("extraInfo", handle.encode())
                .field("offset", handle.offset())
                .field("invisibleTime", invisibleMs)
                .to(connection, answer -> {
                    if (answer.code() != ResponseCode.SUCCESS) {
                        throw Acknowledge.refusal(what, answer);
                    }
                    ReceiptHandle renewed = handle.renewed(
                            answer.getLong("popTime", handle.popTimeMs()),
                            answer.getLong("invisibleTime", invisibleMs),
                            answer.getInt("reviveQid", handle.reviveQueueId()));
                    Instant deadline = Instant.ofEpochMilli(terms.clock().time() + invisibleMs);
                    return new LeasedMessage(lease.message(), deadline, renewed);
                });
    }

    /**
     * Has it tried again.
     *
     * @param lease what was taken
     * @param delay after how long
     * @return completes when it is so
     */
    @SuppressWarnings("NullAway") // the one value of Void
    public CompletableFuture<Void> retry(LeasedMessage lease, Duration delay) {
        return extend(lease, delay).thenApply(renewed -> null);
    }

    /**
     * Gives it back at once. The protocol has no word for a message that was never begun, so it counts as an attempt.
     *
     * @param lease what was taken
     * @return completes when it is so
     */
    public CompletableFuture<Void> putBack(LeasedMessage lease) {
        return retry(lease, NOW);
    }

    /**
     * Moves it to the dead letters: a copy goes there, then it is done here.
     *
     * @param lease what was taken
     * @return completes when it is so
     */
    public CompletableFuture<Void> deadLetter(LeasedMessage lease) {
        return sendBack(lease.message(), NEVER_AGAIN).thenCompose(copied -> ack(lease));
    }

    /**
     * Has a message tried again that was read and not leased.
     *
     * @param message what was read
     * @param delay   after how long, about: the nearest of RocketMQ's classic delays that is not shorter
     * @return completes when it is so
     */
    public CompletableFuture<Void> sendBack(StoredMessage message, Duration delay) {
        return sendBack(message, DelayLevels.of(delay));
    }

    private CompletableFuture<Void> sendBack(StoredMessage message, int delayLevel) {
        Origin origin = (Origin) message.origin();
        String topic = message.partition().topic();
        Connection connection;
        try {
            connection = terms.routes().connection(origin.broker());
        } catch (TernMQException unreachable) {
            return CompletableFuture.failedFuture(unreachable);
        }
        return new Call(RequestCode.CONSUMER_SEND_MSG_BACK, "send a message of " + topic + " back", terms.timeoutMs())
                .once()
                .field("group", terms.group())
                .field("offset", origin.position())
                .field("delayLevel", delayLevel)
                .field("originMsgId", message.id())
                .field("originTopic", topic)
                .field("unitMode", false)
                .field("bname", origin.broker())
                .expect(connection);
    }

    /** Gives back what was taken and nobody asked for. */
    public void close() {
        closed = true;
        kept.forEach((topic, queue) -> {
            synchronized (queue) {
                new OfTopic(topic).putBack(List.copyOf(queue));
                queue.clear();
            }
        });
    }

    private static ReceiptHandle handle(LeasedMessage lease) {
        return (ReceiptHandle) lease.handle();
    }

    private static String topic(LeasedMessage lease) {
        return lease.message().partition().topic();
    }
}
