package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonParser;
import io.netty.buffer.ByteBuf;
import io.ternmq.broker.member.ConsumerKind;
import io.ternmq.broker.member.Subscription;
import java.io.IOException;
import java.util.List;

/**
 * What a client says of itself every 30 seconds.
 *
 * @param clientId the client's name for itself
 * @param fingerprint a hash of its subscriptions; 0 from clients that do not know it
 * @param abridged whether the subscriptions were left out because they have not changed
 * @param producerGroups the groups in which it produces
 * @param consumers the groups in which it consumes
 */
public record HeartbeatBody(
        String clientId, int fingerprint, boolean abridged, List<String> producerGroups, List<Consumer> consumers) {

    /** @return the heartbeat in the body of a request */
    public static HeartbeatBody parse(ByteBuf body) {
        Draft draft = new Draft();
        Json.readObject(body, draft::field);
        if (draft.clientId.isEmpty()) {
            throw new BodyFormatException("clientID: missing (expected: the client's id)");
        }
        return new HeartbeatBody(
                draft.clientId, draft.fingerprint, draft.abridged, draft.producerGroups, draft.consumers);
    }

    private static String parseProducer(JsonParser json) throws IOException {
        String[] group = {""};
        Json.readFields(json, (name, value) -> {
            if (name.equals("groupName")) {
                group[0] = value.getText();
            }
        });
        return group[0];
    }

    /**
     * One consumer group of the client.
     *
     * @param group the group's name
     * @param kind how it consumes
     * @param subscriptions what it subscribes to
     */
    public record Consumer(String group, ConsumerKind kind, List<Subscription> subscriptions) {
        private static Consumer parse(JsonParser json) throws IOException {
            ConsumerDraft draft = new ConsumerDraft();
            Json.readFields(json, draft::field);
            ConsumerKind kind = new ConsumerKind(draft.fetch, draft.sharing, draft.start);
            return new Consumer(draft.group, kind, draft.subscriptions);
        }
    }

    /** A heartbeat while it is parsed. */
    private static final class Draft {
        private String clientId = "";
        private int fingerprint;
        private boolean abridged;
        private List<String> producerGroups = List.of();
        private List<Consumer> consumers = List.of();

        void field(String field, JsonParser value) throws IOException {
            switch (field) {
                case "clientID" -> clientId = value.getText();
                case "heartbeatFingerprint" -> fingerprint = value.getValueAsInt();
                case "withoutSub" -> abridged = value.getValueAsBoolean();
                case "producerDataSet" -> producerGroups = Json.readArray(value, HeartbeatBody::parseProducer);
                case "consumerDataSet" -> consumers = Json.readArray(value, Consumer::parse);
                default -> {}
            }
        }
    }

    /** A consumer group while it is parsed. */
    private static final class ConsumerDraft {
        private String group = "";
        private ConsumerKind.Fetch fetch = ConsumerKind.DEFAULT.fetch();
        private ConsumerKind.Sharing sharing = ConsumerKind.DEFAULT.sharing();
        private ConsumerKind.Start start = ConsumerKind.DEFAULT.start();
        private List<Subscription> subscriptions = List.of();

        void field(String field, JsonParser value) throws IOException {
            switch (field) {
                case "groupName" -> group = value.getText();
                case "consumeType" -> fetch = ConsumerWords.fetch(value.getText());
                case "messageModel" -> sharing = ConsumerWords.sharing(value.getText());
                case "consumeFromWhere" -> start = ConsumerWords.start(value.getText());
                case "subscriptionDataSet" -> subscriptions = Json.readArray(value, SubscriptionJson::parse);
                default -> {}
            }
        }
    }
}
