package io.ternmq.server.client;

import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Failures;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Looks single messages up. For any thread. */
public final class MessageSearch {

    private final Servers servers;

    /**
     * Asks nothing yet.
     *
     * @param servers whom to ask
     */
    public MessageSearch(Servers servers) {
        this.servers = servers;
    }

    /**
     * Finds messages by a key.
     *
     * @param topic    whose messages
     * @param key      one of the keys that their sender gave them
     * @param countMax how many at most, from each broker
     * @return newest first; none when no message has that key
     */
    public List<ReceivedMessage> byKey(String topic, String key, int countMax) {
        return query(topic, key, countMax, false).stream()
                .filter(message -> List.of(message.keys().split(" ", -1)).contains(key))
                .toList();
    }

    /**
     * Finds a message by its id.
     *
     * @param topic whose message
     * @param id    the id its sender gave it, or its offset id
     * @return the message; empty when there is none
     */
    public Optional<ReceivedMessage> byId(String topic, String id) {
        Optional<ReceivedMessage> found = query(topic, id, 1, true).stream()
                .filter(message -> message.id().equals(id))
                .findFirst();
        return found.isPresent() ? found : byOffsetId(topic, id);
    }

    private List<ReceivedMessage> query(String topic, String key, int countMax, boolean unique) {
        String what = "search topic " + topic;
        List<ReceivedMessage> messages = new ArrayList<>();
        for (Connection broker : servers.brokersOf(topic)) {
            CompletableFuture<List<ReceivedMessage>> found = servers.call(RequestCode.QUERY_MESSAGE, what)
                    .field("topic", topic)
                    .field("key", key)
                    .field("maxNum", countMax)
                    .field("beginTimestamp", 0)
                    .field("endTimestamp", Long.MAX_VALUE)
                    .field("_UNIQUE_KEY_QUERY", unique)
                    .to(broker, answer -> switch (answer.code()) {
                        case ResponseCode.SUCCESS -> ReceivedMessage.read(topic, answer.body());
                        case ResponseCode.QUERY_NOT_FOUND -> List.of();
                        default -> throw Failures.refused(what, answer);
                    });
            messages.addAll(servers.await(found));
        }
        return messages;
    }

    private Optional<ReceivedMessage> byOffsetId(String topic, String id) {
        OffsetMessageId offsetId;
        try {
            offsetId = OffsetMessageId.decode(id);
        } catch (IllegalArgumentException otherForm) {
            return Optional.empty();
        }
        for (Connection broker : servers.brokersOf(topic)) {
            CompletableFuture<List<ReceivedMessage>> found = servers.call(
                            RequestCode.VIEW_MESSAGE_BY_ID, "find message " + id)
                    .field("topic", topic)
                    .field("offset", offsetId.position())
                    .to(
                            broker,
                            answer -> answer.code() == ResponseCode.SUCCESS
                                    ? ReceivedMessage.read(topic, answer.body())
                                    : List.of());
            Optional<ReceivedMessage> message = servers.await(found).stream()
                    .filter(one -> one.offsetId().equalsIgnoreCase(id))
                    .findFirst();
            if (message.isPresent()) {
                return message;
            }
        }
        return Optional.empty();
    }
}
