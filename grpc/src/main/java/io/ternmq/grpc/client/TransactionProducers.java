package io.ternmq.grpc.client;

import io.ternmq.broker.access.Broker;

/** Learns from transactional sends whom to ask about them: clients need not say beforehand to which topics they send. Thread-safe. */
public final class TransactionProducers {
    private final Registration registration;
    private final ClientSessions sessions;

    /** @param broker has the producers that may be asked */
    public TransactionProducers(Broker broker, ClientSessions sessions) {
        this.registration = new Registration(broker);
        this.sessions = sessions;
    }

    /** The client sends transactional messages to the topic. */
    public void sends(String clientId, String topic) {
        ClientSession session = sessions.get(clientId);
        if (session != null) {
            registration.sendsTransactions(session, topic);
        }
    }
}
