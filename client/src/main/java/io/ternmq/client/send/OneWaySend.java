package io.ternmq.client.send;

import io.ternmq.SendReceipt;
import io.ternmq.TernMQException;
import io.ternmq.protocol.remoting.RemotingFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message of which nobody asks what became of it. */
final class OneWaySend extends Send {

    private static final Logger LOG = LoggerFactory.getLogger(OneWaySend.class);

    OneWaySend(SendTerms terms, Draft draft) {
        super(terms, draft);
    }

    @Override
    protected boolean isOneWay() {
        return true;
    }

    @Override
    void stored(SendReceipt receipt, RemotingFrame answer) {
        // Nobody asked.
    }

    @Override
    protected void failed(TernMQException failure) {
        LOG.debug("A one-way message is lost", failure);
    }
}
