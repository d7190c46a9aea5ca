package io.ternmq.remoting.send;

import io.netty.buffer.ByteBuf;
import io.ternmq.broker.catalog.Catalog;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.catalog.TopicTemplate;
import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.delay.DelayLevels;
import io.ternmq.broker.delay.DelayRule;
import io.ternmq.broker.retry.ResendRule;
import io.ternmq.broker.timer.RecallHandle;
import io.ternmq.broker.timer.TimerKey;
import io.ternmq.broker.timer.TimerRule;
import io.ternmq.broker.transaction.HalfRule;
import io.ternmq.protocol.message.MalformedMessageException;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.remoting.NameCache;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.protocol.remoting.SendRequest;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.connection.ClientConnection;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Takes messages in. A topic that nobody knew comes into being first, where that is allowed. */
public final class SendHandler implements RequestHandler {
    private final BrokerAccess access;
    private final SendRequest send;
    private final RecordDrafts drafts;
    private final SendContext context;

    /**
     * @param access the shard that takes the messages
     * @param names may be shared
     */
    public SendHandler(BrokerAccess access, NameCache names) {
        this.access = access;
        this.send = new SendRequest(names);
        this.drafts = new RecordDrafts(access.identity().storeHost());
        this.context = new SendContext(new MessageIds(access.identity().storeHost()), access.traffic());
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        send.read(request);
        String topicName = send.topic();
        if (Names.isWrittenByBroker(topicName)) {
            exchange.answer(ResponseCode.NO_PERMISSION, "sending to the topic '" + topicName + "' is not allowed");
            return;
        }
        Topic topic = access.catalog().topic(topicName);
        if (topic == null) {
            makeTopic(exchange, request);
        } else {
            sendTo(topic, exchange, request);
        }
    }

    private void sendTo(Topic topic, Exchange exchange, RemotingFrame request) {
        TopicConfig config = topic.config();
        if (!Permission.isWritable(config.permission())) {
            exchange.answer(ResponseCode.NO_PERMISSION, "the topic '" + topic.name() + "' is not writable");
        } else if (send.queueId() >= topic.queueCount()) { // one that was taken away is still drained
            exchange.answer(
                    ResponseCode.INVALID_PARAMETER,
                    "queueId: " + send.queueId() + " (expected: less than " + topic.queueCount()
                            + ", which is how many '" + topic.name() + "' has)");
        } else {
            Destination to = new Destination(topic, send.queueId() >= 0 ? send.queueId() : anyQueue(config));
            try {
                sendTo(to, exchange, request);
            } catch (MalformedMessageException e) {
                exchange.answer(ResponseCode.MESSAGE_ILLEGAL, e.getMessage());
            }
        }
    }

    private void sendTo(Destination to, Exchange exchange, RemotingFrame request) {
        ByteBuf body = request.body();
        ClientConnection from = exchange.connection();
        boolean retried = to.topic().name().startsWith(Names.RETRY_PREFIX);
        if (send.isBatch()) {
            if (retried) {
                exchange.answer(ResponseCode.MESSAGE_ILLEGAL, "a batch cannot be sent to a retry topic");
            } else {
                submit(exchange, drafts.batch(send, body, to, from), to);
            }
            return;
        }
        SendProperties properties = drafts.scan(send);
        if (to.topic().isCompacted() && !properties.isKeyed()) {
            exchange.answer(
                    ResponseCode.MESSAGE_ILLEGAL,
                    "KEYS: none (expected: a key, since the topic '"
                            + to.topic().name() + "' is compacted)");
        } else if (retried && isExhausted(to.topic().name())) {
            sendToDeadLetters(
                    exchange,
                    request,
                    Names.deadLetterTopic(Names.groupOfRetryTopic(to.topic().name())));
        } else if (properties.isTransactional() && !retried) {
            prepare(exchange, to, body, (properties.isDelayed() && delayLevel() > 0) || properties.isTimed());
        } else if (properties.isDelayed() && delayLevel() > 0) {
            submit(exchange, delayed(to, delayLevel(), body, from), to);
        } else if (properties.isTimed()) {
            submitTimed(exchange, body, to);
        } else if (properties.isRequest()) {
            submit(exchange, drafts.noted(send, body, to, namingTheCluster(), from), to);
        } else {
            submit(exchange, drafts.single(send, body, to, from), to);
        }
    }

    private void submitTimed(Exchange exchange, ByteBuf body, Destination to) {
        Map<String, String> noted = sentProperties();
        long nowMs = access.shard().timeMs();
        long dueMs = TimerRule.dueMs(noted, nowMs, access.shard()::timeAtMs);
        if (dueMs <= nowMs) {
            submit(exchange, drafts.single(send, body, to, exchange.connection()), to);
            return;
        }
        TimerRule.note(noted, to.topic().name(), to.queueId(), dueMs);
        Destination waiting = new Destination(knownTopic(Names.TIMER_TOPIC), 0);
        SendDraft draft = drafts.delayed(send, body, waiting, MessageProperties.format(noted), exchange.connection());
        String uniqueKey = noted.getOrDefault(PropertyNames.UNIQUE_KEY, "");
        TimerKey key = new TimerKey(to.topic().name(), uniqueKey, dueMs);
        submit(exchange, draft, SendCommand.timed(exchange, context, draft, to, recallable(key)));
    }

    private SendCommand.Timer recallable(TimerKey key) {
        boolean recallable = !key.uniqueKey().isEmpty() && !key.topic().startsWith(Names.RETRY_PREFIX);
        return new SendCommand.Timer(
                key, recallable ? new RecallHandle(access.identity().brokerName(), key).encode() : null);
    }

    private Map<String, String> sentProperties() {
        return MessageProperties.parse(send.properties(), 0, send.properties().capacity());
    }

    /** Who answers a request finds the topic for answers by the cluster's name. */
    private byte[] namingTheCluster() {
        Map<String, String> noted = sentProperties();
        noted.put(PropertyNames.CLUSTER, access.identity().clusterName());
        return MessageProperties.format(noted);
    }

    private SendDraft delayed(Destination to, int level, ByteBuf body, ClientConnection from) {
        Map<String, String> noted = sentProperties();
        TimerRule.forget(noted);
        DelayRule.delay(noted, to.topic().name(), to.queueId(), level);
        Destination waiting = new Destination(knownTopic(Names.SCHEDULE_TOPIC), DelayLevels.queueId(level));
        return drafts.delayed(send, body, waiting, MessageProperties.format(noted), from);
    }

    private void prepare(Exchange exchange, Destination to, ByteBuf body, boolean delayed) {
        if (delayed) {
            exchange.answer(ResponseCode.MESSAGE_ILLEGAL, "a transactional message cannot be delayed");
            return;
        }
        Map<String, String> noted = sentProperties();
        HalfRule.prepare(noted, to.topic().name(), to.queueId(), send.producerGroup());
        Destination waiting = new Destination(knownTopic(Names.HALF_TOPIC), 0);
        SendDraft draft = drafts.delayed(send, body, waiting, MessageProperties.format(noted), exchange.connection());
        submit(exchange, draft, to, access.shard().transactions().prepare(noted));
    }

    private void sendToDeadLetters(Exchange exchange, RemotingFrame request, String topicName) {
        Topic topic = access.catalog().topic(topicName);
        if (topic == null) {
            new TopicFirst(this, access, exchange, request)
                    .make(TopicTemplate.deadLetterTopic(Names.groupOfRetryTopic(send.topic())));
            return;
        }
        Destination to = new Destination(topic, 0);
        submit(exchange, drafts.single(send, request.body(), to, exchange.connection()), to);
    }

    private void submit(Exchange exchange, SendDraft draft, Destination to) {
        submit(exchange, draft, to, AppendRule.NONE);
    }

    private void submit(Exchange exchange, SendDraft draft, Destination to, AppendRule rule) {
        submit(exchange, draft, new SendCommand(exchange, context, draft, to, rule));
    }

    private void submit(Exchange exchange, SendDraft draft, SendCommand command) {
        if (!access.shard().enqueue(command)) {
            draft.records().release();
            exchange.answer(ResponseCode.SYSTEM_BUSY, "the server has too much to do, try again later");
            return;
        }
        exchange.connection()
                .sent(command.count(), command.heldBytes(), access.shard().timeMs());
    }

    private void makeTopic(Exchange exchange, RemotingFrame request) {
        TopicConfig wanted;
        try {
            wanted = wantedTopic();
        } catch (IllegalArgumentException e) {
            exchange.answer(ResponseCode.INVALID_PARAMETER, e.getMessage());
            return;
        }
        if (wanted == null) {
            exchange.answer(ResponseCode.TOPIC_NOT_EXIST, "the topic '" + send.topic() + "' does not exist");
        } else {
            new TopicFirst(this, access, exchange, request).make(wanted);
        }
    }

    private @Nullable TopicConfig wantedTopic() {
        Catalog catalog = access.catalog();
        String name = send.topic();
        if (name.startsWith(Names.RETRY_PREFIX)) {
            GroupConfig group = catalog.group(Names.groupOfRetryTopic(name));
            return TopicTemplate.retryTopic(group == null ? GroupConfig.of(Names.groupOfRetryTopic(name)) : group);
        }
        String template = send.defaultTopic();
        if (template.equals(Names.TEMPLATE_TOPIC) && !access.creation().topics()) {
            return null;
        }
        return TopicTemplate.derive(catalog, name, template, send.defaultTopicQueues());
    }

    private boolean isExhausted(String retryTopic) {
        String name = Names.groupOfRetryTopic(retryTopic);
        GroupConfig group = access.catalog().group(name);
        return ResendRule.isExhausted(
                group == null ? GroupConfig.of(name) : group,
                send.reconsumeTimes(),
                send.maxReconsumeTimes(),
                access.membership().locks().isHeldBy(name));
    }

    private int delayLevel() {
        return DelayRule.level(
                MessageProperties.find(send.properties(), 0, send.properties().capacity(), PropertyNames.DELAY_LEVEL));
    }

    private Topic knownTopic(String name) {
        Topic topic = access.catalog().topic(name);
        if (topic == null) {
            throw new IllegalStateException("topic " + name + ": missing (expected: the shard makes it)");
        }
        return topic;
    }

    private static int anyQueue(TopicConfig config) {
        return ThreadLocalRandom.current().nextInt(config.writeQueues());
    }
}
