package io.ternmq.remoting.pull;

import io.ternmq.broker.access.Completion;
import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.Member;
import io.ternmq.broker.member.Membership;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.body.BodyFormatException;
import io.ternmq.remoting.body.RunningConsumerBody;
import io.ternmq.remoting.connection.ClientCall;
import io.ternmq.remoting.connection.ClientConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks consumers what they subscribe to, where a pull is ahead of its client's heartbeat. All pulls of a client and group that
 * come meanwhile wait for the same answer; how many may, the limit of requests in flight says. For one event loop.
 */
final class SubscriptionQuestions {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionQuestions.class);

    private final Membership membership;
    private final Map<Question, List<Completion>> waiting = new HashMap<>();

    private record Question(ClientConnection client, String group) {}

    SubscriptionQuestions(Membership membership) {
        this.membership = membership;
    }

    /** Goes on once the client has answered, or has not in time; at once if it is no member of the group. */
    void ask(ClientConnection client, String group, Completion next) {
        Question question = new Question(client, group);
        List<Completion> others = waiting.get(question);
        if (others != null) {
            others.add(next);
            return;
        }
        String clientId = clientId(client, group);
        if (clientId == null) {
            next.finish();
            return;
        }
        waiting.put(question, new ArrayList<>(List.of(next)));
        Map<String, String> fields = Map.of("consumerGroup", group, "clientId", clientId, "jstackEnable", "false");
        client.call(
                new ClientCall(RequestCode.GET_CONSUMER_RUNNING_INFO, fields, new byte[0]),
                answer -> answered(question, answer));
    }

    private void answered(Question question, @Nullable RemotingFrame answer) {
        try {
            if (answer != null && answer.code() == ResponseCode.SUCCESS) {
                membership.renewSubscriptions(question.group(), RunningConsumerBody.subscriptionsOf(answer.body()));
            }
        } catch (BodyFormatException e) {
            LOG.debug("{} of {}: {}", question.group(), question.client().remoteAddress(), e.getMessage());
        } finally {
            List<Completion> all = waiting.remove(question);
            if (all != null) {
                all.forEach(Completion::finish);
            }
        }
    }

    private @Nullable String clientId(ClientConnection client, String group) {
        ConsumerGroupView members = membership.consumers(group);
        return members == null
                ? null
                : members.members().stream()
                        .filter(member -> member.connection() == client)
                        .map(Member::clientId)
                        .findAny()
                        .orElse(null);
    }
}
