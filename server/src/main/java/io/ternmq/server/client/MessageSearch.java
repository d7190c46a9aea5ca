package io.ternmq.server.client;

import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.server.wire.Frame;
import io.ternmq.server.wire.Request;
import io.ternmq.server.wire.WireException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks single messages up. For any thread. */
public final class MessageSearch {

    private final ServerConnections connections;

    /**
     * Asks nothing yet.
     *
     * @param connections whom to ask
     */
    public MessageSearch(ServerConnections connections) {
        this.connections = connections;
    }

    /**
     * Finds messages by a key.
     *
     * @param route    where the topic is
     * @param key      one of the keys that their sender gave them
     * @param countMax how many at most, from each broker
     * @return newest first; none when no message has that key
     * @throws WireException when the server does not say
     */
    public List<ReceivedMessage> byKey(TopicRoute route, String key, int countMax) throws WireException {
        return query(route, key, countMax, false).stream()
                .filter(message -> List.of(message.keys().split(" ", -1)).contains(key))
                .toList();
    }

    /**
     * Finds a message by its id.
     *
     * @param route where the topic is
     * @param id    the id its sender gave it, or its offset id
     * @return the message; empty when there is none
     * @throws WireException when the server does not say
     */
    public Optional<ReceivedMessage> byId(TopicRoute route, String id) throws WireException {
        Optional<ReceivedMessage> found = query(route, id, 1, true).stream()
                .filter(message -> message.id().equals(id))
                .findFirst();
        return found.isPresent() ? found : byOffsetId(route, id);
    }

    private List<ReceivedMessage> query(TopicRoute route, String key, int countMax, boolean unique)
            throws WireException {
        List<ReceivedMessage> messages = new ArrayList<>();
        for (HostPort broker : addresses(route)) {
            Request request = new Request(RequestCode.QUERY_MESSAGE)
                    .field("topic", route.topic())
                    .field("key", key)
                    .field("maxNum", countMax)
                    .field("beginTimestamp", 0)
                    .field("endTimestamp", Long.MAX_VALUE)
                    .field("_UNIQUE_KEY_QUERY", unique);
            Frame answer = connections.callAny(broker, request);
            if (answer.code() != ResponseCode.QUERY_NOT_FOUND) {
                answer.expectSuccess("search topic " + route.topic());
                messages.addAll(MessageRecords.decode(answer.body()));
            }
        }
        return messages;
    }

    private Optional<ReceivedMessage> byOffsetId(TopicRoute route, String id) throws WireException {
        OffsetMessageId offsetId;
        try {
            offsetId = OffsetMessageId.decode(id);
        } catch (IllegalArgumentException otherForm) {
            return Optional.empty();
        }
        for (HostPort broker : addresses(route)) {
            Request request = new Request(RequestCode.VIEW_MESSAGE_BY_ID)
                    .field("topic", route.topic())
                    .field("offset", offsetId.position());
            Frame answer = connections.callAny(broker, request);
            if (answer.code() == ResponseCode.SUCCESS) {
                return MessageRecords.decode(answer.body()).stream()
                        .filter(message -> message.offsetId().equalsIgnoreCase(id))
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    private static Set<HostPort> addresses(TopicRoute route) {
        Set<HostPort> addresses = new LinkedHashSet<>();
        route.brokers().forEach(share -> addresses.add(share.address()));
        return addresses;
    }
}
