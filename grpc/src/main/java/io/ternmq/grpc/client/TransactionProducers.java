package io.ternmq.grpc.client;

import io.ternmq.broker.member.Membership;

/** Learns from transactional sends whom to ask about them: clients need not say beforehand to which topics they send. Thread-safe. */
public final class TransactionProducers {
    private final Membership membership;
    private final ClientSessions sessions;

    /** @param membership has the producers that may be asked */
    public TransactionProducers(Membership membership, ClientSessions sessions) {
        this.membership = membership;
        this.sessions = sessions;
    }

    /** The client sends transactional messages to the topic. */
    public void sends(String clientId, String topic) {
        ClientSession session = sessions.get(clientId);
        if (session != null) {
            membership.joinProducers(session.member(), topic);
        }
    }
}
