package io.ternmq.grpc.send;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.SendMessageRequest;
import apache.rocketmq.v2.SendMessageResponse;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.catalog.KeyedQueue;
import io.ternmq.broker.catalog.MessageType;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.timer.PlaceTimer;
import io.ternmq.broker.timer.RecallHandle;
import io.ternmq.broker.timer.TimerKey;
import io.ternmq.broker.timer.TimerRule;
import io.ternmq.broker.transaction.HalfRule;
import io.ternmq.grpc.call.Call;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.call.InboundBytes;
import io.ternmq.grpc.call.Statuses;
import io.ternmq.grpc.client.TransactionProducers;
import io.ternmq.grpc.convert.NameRules;
import io.ternmq.grpc.convert.SentProperties;
import io.ternmq.protocol.message.MalformedMessageException;
import io.ternmq.protocol.message.MessageRecordLayout;
import io.ternmq.protocol.message.PropertyNames;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes messages in. A request's messages go to one queue of one topic, all or none. Any event loop. */
public final class SendHandler {
    private final Broker broker;
    private final String brokerName;
    private final InboundBytes inbound;
    private final TransactionProducers producers;
    private final RecordDrafts drafts;
    private final SendPace pace;
    private final AtomicInteger rotation = new AtomicInteger();

    /**
     * @param inbound says when there is too much under way
     * @param producers learns who may be asked about a transaction
     */
    public SendHandler(
            Broker broker,
            String brokerName,
            RecordDrafts drafts,
            InboundBytes inbound,
            TransactionProducers producers) {
        this.broker = broker;
        this.brokerName = brokerName;
        this.drafts = drafts;
        this.pace = new SendPace(broker.shard()::timeMs);
        this.inbound = inbound;
        this.producers = producers;
    }

    /** Answers with where the messages came to lie. */
    public void send(Call<SendMessageResponse> call, SendMessageRequest request) {
        if (inbound.isBusy()) {
            throw new CallRefused(Code.TOO_MANY_REQUESTS, Statuses.BUSY);
        }
        pace.check(call);
        List<Message> messages = request.getMessagesList();
        Topic topic = topic(messages);
        try {
            if (messages.size() == 1) {
                sendOne(call, messages.get(0), topic);
            } else {
                sendAll(call, messages, topic);
            }
        } catch (MalformedMessageException e) {
            throw new CallRefused(Code.MESSAGE_PROPERTIES_TOO_LARGE, String.valueOf(e.getMessage()));
        }
    }

    private Topic topic(List<Message> messages) {
        if (messages.isEmpty()) {
            throw new CallRefused(Code.MESSAGE_CORRUPTED, "no message to send");
        }
        String name = NameRules.topic(messages.get(0).getTopic());
        if (messages.stream()
                .anyMatch(message -> !message.getTopic().equals(messages.get(0).getTopic()))) {
            throw new CallRefused(Code.MESSAGE_CORRUPTED, "topic in message is not same");
        }
        Topic topic = broker.shard().catalog().topic(name);
        if (topic == null) {
            throw new CallRefused(Code.TOPIC_NOT_FOUND, "the topic '" + name + "' does not exist");
        }
        if (!Permission.isWritable(topic.config().permission()) || Names.isWrittenByBroker(name)) {
            throw new CallRefused(Code.FORBIDDEN, "the topic '" + name + "' is not writable");
        }
        return topic;
    }

    private void sendOne(Call<SendMessageResponse> call, Message message, Topic topic) {
        Map<String, String> properties = checked(message, topic);
        int queueId = queueId(properties, topic);
        MessageType type = MessageType.of(properties);
        long nowMs = broker.shard().timeMs();
        long dueMs = type == MessageType.DELAY ? TimerRule.dueMs(properties, nowMs, broker.shard()::timeAtMs) : 0;
        if (type == MessageType.TRANSACTION) {
            prepare(call, message, topic, properties);
        } else if (dueMs > nowMs) {
            sendTimed(call, message, new Destination(topic, queueId), properties, dueMs);
        } else {
            Destination to = new Destination(topic, queueId);
            EncodedMessage record =
                    drafts.encode(message, to, properties, call.connection().peer());
            submit(call, new SendCommand(asked(call, List.of(message)), AppendRule.NONE, to, record));
        }
    }

    /** Several at once are for now, and of one order at most. */
    private void sendAll(Call<SendMessageResponse> call, List<Message> messages, Topic topic) {
        EncodedMessage[] records = new EncodedMessage[messages.size()];
        Map<String, String> first = checked(messages.get(0), topic);
        Destination to = new Destination(topic, queueId(first, topic));
        String group = first.getOrDefault(PropertyNames.SHARDING_KEY, "");
        long bytes = 0;
        for (int i = 0; i < records.length; i++) {
            Map<String, String> properties = i == 0 ? first : checked(messages.get(i), topic);
            MessageType type = MessageType.of(properties);
            if (type == MessageType.DELAY || type == MessageType.TRANSACTION) {
                throw new CallRefused(
                        Code.MESSAGE_PROPERTY_CONFLICT_WITH_TYPE, "a " + type + " message cannot be sent with others");
            }
            if (!properties.getOrDefault(PropertyNames.SHARDING_KEY, "").equals(group)) {
                throw new CallRefused(
                        Code.ILLEGAL_MESSAGE_GROUP, "message group of messages sent together is not same");
            }
            records[i] = drafts.encode(
                    messages.get(i), to, properties, call.connection().peer());
            bytes += records[i].length();
        }
        if (bytes > RecordDrafts.BYTES_MAX) {
            throw new CallRefused(
                    Code.MESSAGE_BODY_TOO_LARGE, "messages cannot exceed the max " + RecordDrafts.BYTES_MAX);
        }
        submit(call, new SendCommand(asked(call, messages), AppendRule.NONE, to, records));
    }

    private void prepare(Call<SendMessageResponse> call, Message message, Topic topic, Map<String, String> properties) {
        if (properties.containsKey(PropertyNames.TIMER_DELIVER_MS)) {
            throw new CallRefused(
                    Code.MESSAGE_PROPERTY_CONFLICT_WITH_TYPE, "a transactional message cannot be delayed");
        }
        // clients of this protocol have no producer groups: who sends to the topic may be asked about it
        HalfRule.prepare(properties, topic.name(), queueId(properties, topic), topic.name());
        Destination waiting = new Destination(known(Names.HALF_TOPIC), 0);
        EncodedMessage record =
                drafts.encode(message, waiting, properties, call.connection().peer());
        AppendRule rule = broker.shard().transactions().prepare(properties);
        producers.sends(call.headers().clientId(), topic.name());
        submit(call, SendCommand.half(asked(call, List.of(message)), rule, waiting, record));
    }

    private void sendTimed(
            Call<SendMessageResponse> call,
            Message message,
            Destination to,
            Map<String, String> properties,
            long dueMs) {
        TimerRule.note(properties, to.topic().name(), to.queueId(), dueMs);
        Destination waiting = new Destination(known(Names.TIMER_TOPIC), 0);
        EncodedMessage record =
                drafts.encode(message, waiting, properties, call.connection().peer());
        TimerKey key =
                new TimerKey(to.topic().name(), message.getSystemProperties().getMessageId(), dueMs);
        String recallHandle = new RecallHandle(brokerName, key).encode();
        submit(call, SendCommand.timed(asked(call, List.of(message)), new PlaceTimer(key), to, record, recallHandle));
    }

    private SendCommand.Asked asked(Call<SendMessageResponse> call, List<Message> messages) {
        List<String> ids = messages.stream()
                .map(message -> message.getSystemProperties().getMessageId())
                .toList();
        return new SendCommand.Asked(call, broker.traffic(), pace, ids);
    }

    private void submit(Call<SendMessageResponse> call, SendCommand command) {
        if (!call.loop().submit(command)) {
            throw new CallRefused(Code.TOO_MANY_REQUESTS, Statuses.BUSY);
        }
        pace.sent(call, command.count(), command.heldBytes());
    }

    private Map<String, String> checked(Message message, Topic topic) {
        if (message.getBody().isEmpty()) {
            throw new CallRefused(Code.MESSAGE_BODY_EMPTY, "message body cannot be empty");
        }
        if (message.getBody().size() > MessageRecordLayout.BODY_BYTES_MAX) {
            throw new CallRefused(
                    Code.MESSAGE_BODY_TOO_LARGE,
                    "message body cannot exceed the max " + MessageRecordLayout.BODY_BYTES_MAX);
        }
        Map<String, String> properties =
                SentProperties.of(message, broker.shard().timeMs());
        MessageType type = MessageType.of(properties);
        if (!MessageType.acceptedBy(topic.config()).contains(type) || isForeign(message)) {
            throw new CallRefused(
                    Code.MESSAGE_PROPERTY_CONFLICT_WITH_TYPE,
                    "the topic '" + topic.name() + "' takes " + MessageType.acceptedBy(topic.config())
                            + " messages, this one is "
                            + message.getSystemProperties().getMessageType());
        }
        if (topic.isCompacted() && !properties.containsKey(PropertyNames.KEYS)) {
            throw new CallRefused(
                    Code.ILLEGAL_MESSAGE_KEY,
                    "KEYS: none (expected: a key, since the topic '" + topic.name() + "' is compacted)");
        }
        return properties;
    }

    /** Kinds of messages that are not known here. */
    private static boolean isForeign(Message message) {
        return switch (message.getSystemProperties().getMessageType()) {
            case LITE, PRIORITY -> true;
            default -> false;
        };
    }

    private int queueId(Map<String, String> properties, Topic topic) {
        int queues = topic.config().writeQueues();
        String group = properties.get(PropertyNames.SHARDING_KEY);
        return group == null ? Math.floorMod(rotation.getAndIncrement(), queues) : KeyedQueue.of(group, queues);
    }

    private Topic known(String name) {
        return Objects.requireNonNull(broker.shard().catalog().topic(name), "the shard makes it");
    }
}
