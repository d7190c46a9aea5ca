package io.ternmq.client.send;

import io.ternmq.InvalidRequestException;
import io.ternmq.Partition;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQException;
import io.ternmq.client.message.Bodies;
import io.ternmq.client.message.PropertiesText;
import io.ternmq.client.wire.Connection;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.protocol.message.MessageRecordLayout;
import io.ternmq.protocol.message.PropertyNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.EpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages, one attempt each. Thread-safe. */
public final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final SendTerms terms;
    private final Bodies bodies;
    private final EpochClock clock;
    private final NewTopics newTopics;

    /**
     * Sends nothing yet.
     *
     * @param terms  for all messages
     * @param bodies compresses
     * @param clock  tells when messages are made
     */
    public Sender(SendTerms terms, Bodies bodies, EpochClock clock) {
        this.terms = terms;
        this.bodies = bodies;
        this.clock = clock;
        this.newTopics = new NewTopics(terms.routes());
    }

    /**
     * Sends one. Those to one partition that wait for the network together share a request.
     *
     * @param partition where
     * @param message   what
     * @return completes when it is stored
     */
    public CompletableFuture<SendReceipt> send(Partition partition, OutgoingMessage message) {
        return send(partition, message, Map.of());
    }

    /**
     * Sends one with properties that applications cannot use.
     *
     * @param partition where
     * @param message   what
     * @param reserved  such properties
     * @return completes when it is stored
     */
    public CompletableFuture<SendReceipt> send(
            Partition partition, OutgoingMessage message, Map<String, String> reserved) {
        try {
            boolean mayBeBatched = reserved.isEmpty()
                    && !message.message().isDelayed()
                    && message.message().priority() == 0;
            PlainSend send = new PlainSend(terms, draft(partition, message, reserved), mayBeBatched);
            Connection connection = connection(partition);
            newTopics.submit(partition.topic(), () -> connection.submit(send), send.result());
            return send.result();
        } catch (TernMQException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /**
     * Sends one as it is written, alone in its request.
     *
     * @param draft with all its properties, its body compressed or not
     * @return completes when it is stored
     */
    public CompletableFuture<Stored> send(Draft draft) {
        try {
            DraftSend send = new DraftSend(terms, draft);
            Connection connection = connection(draft.partition());
            newTopics.submit(draft.partition().topic(), () -> connection.submit(send), send.result());
            return send.result();
        } catch (TernMQException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /**
     * Sends several, all or none.
     *
     * @param partition where
     * @param messages  at least one, none delayed
     * @return completes when they are stored
     */
    public CompletableFuture<List<SendReceipt>> send(Partition partition, List<OutgoingMessage> messages) {
        try {
            List<Draft> drafts = new ArrayList<>(messages.size());
            for (OutgoingMessage message : messages) {
                refuseDelayed(message, "a batch");
                drafts.add(wholeDraft(partition, message));
            }
            WholeBatch batch = new WholeBatch(terms, drafts);
            if (batch.bytes() > MessageRecordLayout.BODY_BYTES_MAX) {
                throw new InvalidRequestException("batch: " + batch.bytes() + " bytes (expected: at most "
                        + MessageRecordLayout.BODY_BYTES_MAX + ")");
            }
            Connection connection = connection(partition);
            newTopics.submit(partition.topic(), () -> connection.submit(batch), batch.result());
            return batch.result();
        } catch (TernMQException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /**
     * Sends one without an answer.
     *
     * @param partition where
     * @param message   what
     */
    public void sendOneWay(Partition partition, OutgoingMessage message) {
        Draft draft = draft(partition, message, Map.of());
        try {
            connection(partition).submit(new OneWaySend(terms, draft));
        } catch (TernMQException unreachable) {
            LOG.debug("A one-way message is lost", unreachable);
        }
    }

    /**
     * Sends one that nobody sees yet.
     *
     * @param partition where
     * @param message   what, not delayed
     * @param group     who may decide what becomes of it
     * @return completes when it is stored
     */
    public CompletableFuture<PreparedMessage> prepare(Partition partition, OutgoingMessage message, String group) {
        try {
            refuseDelayed(message, "a transaction");
            Map<String, String> reserved =
                    Map.of(PropertyNames.TRANSACTION_PREPARED, "true", PropertyNames.PRODUCER_GROUP, group);
            SendTerms ofGroup = new SendTerms(group, terms.timeoutMs(), terms.routes());
            HalfSend send = new HalfSend(ofGroup, draft(partition, message, reserved));
            connection(partition).submit(send);
            return send.result();
        } catch (TernMQException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private Connection connection(Partition partition) {
        return terms.routes().connection(partition.broker());
    }

    private Draft draft(Partition partition, OutgoingMessage message, Map<String, String> reserved) {
        PropertiesText properties = new PropertiesText().add(message);
        reserved.forEach(properties::put);
        Bodies.Sent body = bodies.forSending(message.body());
        return new Draft(partition, message.id(), properties.toBytes(), body.bytes(), 0, body.sysFlag(), clock.time());
    }

    /** All messages of a batch share one flag, so none of them is compressed. */
    private Draft wholeDraft(Partition partition, OutgoingMessage message) {
        byte[] properties = new PropertiesText().add(message).toBytes();
        return new Draft(partition, message.id(), properties, message.body(), 0, 0, clock.time());
    }

    private static void refuseDelayed(OutgoingMessage message, String where) {
        if (message.message().isDelayed()) {
            throw new InvalidRequestException("delay: set for a message of " + where + " (expected: none)");
        }
    }
}
