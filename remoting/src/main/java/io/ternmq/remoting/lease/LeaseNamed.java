package io.ternmq.remoting.lease;

import io.ternmq.broker.lease.LeaseHandle;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.protocol.remoting.ReceiptHandle;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.connection.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The lease that a request is about.
 *
 * @param handle as the client has it
 * @param lease as the shard knows it
 */
record LeaseNamed(ReceiptHandle handle, LeaseHandle lease) {
    /** @return null when the exchange was answered that there is no such lease */
    static @Nullable LeaseNamed read(RemotingFrame request, BrokerAccess access, Exchange exchange) {
        String group = request.getRequired("consumerGroup");
        String topic = request.getRequired("topic");
        int queueId = request.getInt("queueId");
        long offset = request.getLong("offset");
        String text = request.getRequired("extraInfo");
        ReceiptHandle handle = ReceiptHandle.parse(text);
        if (handle == null) {
            exchange.answer(
                    ResponseCode.MESSAGE_ILLEGAL,
                    "extraInfo: '" + text + "' (expected: " + ReceiptHandle.EXPECTED + ")");
        } else if (handle.queueId() != queueId || handle.offset() != offset) {
            exchange.answer(
                    ResponseCode.MESSAGE_ILLEGAL,
                    "extraInfo: '" + text + "' (expected: of queueId " + queueId + " and offset " + offset + ")");
        } else {
            LeaseHandle lease = lease(handle, group, topic);
            if (access.catalog().topic(lease.queue().topic()) != null) {
                return new LeaseNamed(handle, lease);
            }
            exchange.answer(
                    ResponseCode.TOPIC_NOT_EXIST, "the topic '" + lease.queue().topic() + "' does not exist");
        }
        return null;
    }

    /** @return the lease as the shard knows it */
    private static LeaseHandle lease(ReceiptHandle handle, String group, String topic) {
        String realTopic = RetryTopics.realTopic(handle.mark(), topic, group);
        QueueRef queue = new QueueRef(group, realTopic, handle.queueId());
        return new LeaseHandle(queue, new long[] {handle.offset()}, handle.popTimeMs());
    }
}
