package io.ternmq.client.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.Message;
import io.ternmq.OutcomeUnknownException;
import io.ternmq.Partition;
import io.ternmq.client.member.Presence;
import io.ternmq.client.message.Bodies;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.Routes;
import io.ternmq.client.send.SendTerms;
import io.ternmq.client.send.Sender;
import io.ternmq.client.wire.ConnectionLimits;
import io.ternmq.client.wire.ConnectionSettings;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.LocalBroker;
import io.ternmq.client.wire.LocalServer;
import io.ternmq.client.wire.LocalServer.Answer;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.engine.StoredMessage;
import io.ternmq.protocol.remoting.RequestCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.EpochClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepliesTest {

    private static final Pattern CORRELATION_ID = Pattern.compile("CORRELATION_ID\u0001([^\u0002]+)");

    private final EpochClock clock = System::currentTimeMillis;
    private final LocalServer server = new LocalServer(asked -> null);
    private final Connections connections = new Connections(
            new ConnectionSettings(1, ConnectionLimits.DEFAULT, Optional.empty(), Optional.empty()), System::nanoTime);
    private final Routes routes =
            new Routes(new NameServers(connections, List.of(server.address())), connections, System::nanoTime, 5_000);
    private final Replies replies = new Replies(new Replies.Parts(
            new Sender(new SendTerms("producers", 5_000, routes), new Bodies(4_096), clock),
            new Presence(new Presence.Parts("me", connections, routes, clock, 5_000)),
            connections,
            routes,
            clock,
            "producers",
            5_000));

    @AfterEach
    void close() {
        connections.close();
        server.close();
    }

    @Test
    void anAnswerThatCannotBeReadFailsItsRequestAtOnceAndLeavesTheConnection() {
        server.behave(LocalBroker.routes(
                Map.of("a", server.address()), asked -> Answer.ok(Map.of("queueId", "0", "queueOffset", "0"))));
        Partition partition = routes.writable("prices").join().get(0);
        CompletableFuture<StoredMessage> answer = replies.request(
                partition, new OutgoingMessage("id", Message.to("prices"), new byte[] {1}), Duration.ofSeconds(60));
        await().until(() ->
                LocalBroker.asked(server, RequestCode.SEND_MESSAGE_V2).size() == 1);
        server.push(
                RequestCode.PUSH_REPLY_MESSAGE_TO_CLIENT,
                Map.of("topic", "prices", "queueId", "none", "properties", "CORRELATION_ID\u0001" + correlationId()));
        assertThatThrownBy(answer::join).hasCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(server.connected()).isOne();
    }

    private String correlationId() {
        String properties = LocalBroker.asked(server, RequestCode.SEND_MESSAGE_V2)
                .get(0)
                .fields()
                .get("i");
        Matcher found = CORRELATION_ID.matcher(properties);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
