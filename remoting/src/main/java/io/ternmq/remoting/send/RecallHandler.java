package io.ternmq.remoting.send;

import io.ternmq.broker.timer.DeliveredTimers;
import io.ternmq.broker.timer.RecallHandle;
import io.ternmq.broker.timer.RecallTimer;
import io.ternmq.broker.timer.TimerKey;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Takes a timed message back. It says for sure whether the message was cancelled, was delivered already, or is unknown. */
public final class RecallHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that has the timers */
    public RecallHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String topic = request.getRequired("topic");
        String text = request.getRequired("recallHandle");
        RecallHandle handle = RecallHandle.decode(text);
        if (access.catalog().topic(topic) == null) {
            exchange.answer(ResponseCode.TOPIC_NOT_EXIST, "the topic '" + topic + "' does not exist");
        } else if (handle == null || handle.key().dueMs() < 0) {
            refuse(exchange, "recallHandle: '" + text + "' (expected: one that a send was answered with)");
        } else if (!handle.key().topic().equals(topic)) {
            refuse(exchange, "topic: " + topic + " (expected: " + handle.key().topic() + ", as the handle says)");
        } else if (!handle.brokerName().equals(access.identity().brokerName())) {
            refuse(
                    exchange,
                    "recallHandle: of the broker " + handle.brokerName() + " (expected: "
                            + access.identity().brokerName() + ")");
        } else {
            recall(exchange, handle.key());
        }
    }

    private void recall(Exchange exchange, TimerKey key) {
        Later<Integer> answer = new Later<>(exchange, count -> {
            if (count > 0) {
                exchange.begin(ResponseCode.SUCCESS, null).field("msgId", key.uniqueKey());
                exchange.end();
            } else {
                tellDelivered(exchange, key);
            }
        });
        access.submit(
                exchange,
                new RecallTimer(access.shard().reader(), access.shard().queues(), key, answer));
    }

    private void tellDelivered(Exchange exchange, TimerKey key) {
        DeliveredTimers delivered =
                new DeliveredTimers(access.shard().keys(), access.shard().reader());
        access.read(exchange, scratch -> {
            boolean found = delivered.contains(key, scratch);
            return () -> {
                if (found) {
                    refuse(exchange, "the message " + key.uniqueKey() + " was delivered already");
                } else {
                    exchange.answer(
                            ResponseCode.QUERY_NOT_FOUND, "no timed message " + key.uniqueKey() + " is known there");
                }
            };
        });
    }

    private static void refuse(Exchange exchange, String reason) {
        exchange.answer(ResponseCode.ILLEGAL_OPERATION, reason);
    }
}
