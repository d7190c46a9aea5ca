package io.ternmq.grpc.convert;

import io.ternmq.broker.catalog.MessageType;

/** Kinds of messages in the words of gRPC. */
public final class MessageTypes {
    private MessageTypes() {}

    /** @return the same kind */
    public static apache.rocketmq.v2.MessageType of(MessageType type) {
        return switch (type) {
            case NORMAL -> apache.rocketmq.v2.MessageType.NORMAL;
            case FIFO -> apache.rocketmq.v2.MessageType.FIFO;
            case DELAY -> apache.rocketmq.v2.MessageType.DELAY;
            case TRANSACTION -> apache.rocketmq.v2.MessageType.TRANSACTION;
        };
    }
}
