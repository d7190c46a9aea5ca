package io.ternmq.remoting.send;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.retry.HandBack;
import io.ternmq.log.ReadScratch;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import org.jspecify.annotations.Nullable;

/** Takes back messages that a consumer could not handle: it gets them again later, or they become dead letters. */
public final class SendBackHandler implements RequestHandler {
    /** Older clients send a wish for the number of retries that they do not mean. */
    private static final int VERSION_WITH_RETRY_MAX = 121;

    private final BrokerAccess access;

    /** @param access the shard that has the messages */
    public SendBackHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String groupName = request.getRequired("group");
        GroupConfig group = access.catalog().group(groupName);
        if (group == null) {
            exchange.answer(ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST, "the group '" + groupName + "' does not exist");
            return;
        }
        long position = request.getLong("offset");
        int retryMax = request.version() >= VERSION_WITH_RETRY_MAX ? request.getInt("maxReconsumeTimes", -1) : -1;
        String named = request.get("originTopic");
        String origin = named == null ? Names.retryTopic(groupName) : named;
        HandBack.Wish wish = new HandBack.Wish(request.getInt("delayLevel"), retryMax);
        access.read(exchange, scratch -> {
            HandBack.Copy copy = copy(position, group, wish, scratch);
            if (copy == null) {
                return () -> exchange.answer(ResponseCode.SYSTEM_ERROR, "no message at position " + position);
            }
            int bytes = copy.message().length();
            return () -> store(exchange, copy, () -> access.traffic().handedBack(origin, groupName, bytes));
        });
    }

    private HandBack.@Nullable Copy copy(long position, GroupConfig group, HandBack.Wish wish, ReadScratch scratch) {
        HandBack.Copy[] copy = {null};
        access.shard()
                .reader()
                .readAt(
                        position,
                        (buffer, index, length, offset) -> {
                            MessageRecord record = new MessageRecord().wrap(buffer, index, length);
                            copy[0] = new HandBack()
                                    .copy(record, group, wish, access.shard().timeMs());
                            return true;
                        },
                        scratch);
        return copy[0];
    }

    /** @param stored run once the shard has it */
    private void store(Exchange exchange, HandBack.Copy copy, Runnable stored) {
        if (access.catalog().topic(copy.home().name()) != null) {
            append(exchange, copy, stored);
        } else {
            access.submit(
                    exchange,
                    StateCommands.putTopicIfAbsent(
                            copy.home(), new Later<>(exchange, made -> append(exchange, copy, stored))));
        }
    }

    private void append(Exchange exchange, HandBack.Copy copy, Runnable stored) {
        Topic topic = access.catalog().topic(copy.topic());
        if (topic == null || !topic.hasQueue(copy.queueId())) {
            exchange.answer(ResponseCode.TOPIC_NOT_EXIST, "the topic '" + copy.topic() + "' does not exist");
        } else {
            access.submit(exchange, new SendBackCommand(exchange, topic.queueNo(copy.queueId()), copy, stored));
        }
    }
}
