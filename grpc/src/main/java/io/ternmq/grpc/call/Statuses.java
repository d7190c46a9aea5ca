package io.ternmq.grpc.call;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Status;
import io.ternmq.broker.command.Refusal;

/** What clients are told, as RocketMQ's proxy tells it. */
public final class Statuses {
    /** All is well. */
    public static final Status OK = of(Code.OK, Code.OK.name());

    /** What a client is told when too much is under way; clients try again after a while. */
    public static final String BUSY = "the server has too much to do, try again later";

    private Statuses() {}

    /** @return a status with an explanation for people */
    public static Status of(Code code, String message) {
        return Status.newBuilder().setCode(code).setMessage(message).build();
    }

    /** @return the code that clients know for each refusal */
    public static Code code(Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_TOPIC -> Code.TOPIC_NOT_FOUND;
            case UNKNOWN_GROUP -> Code.CONSUMER_GROUP_NOT_FOUND;
            case UNKNOWN_TRANSACTION -> Code.INVALID_TRANSACTION_ID;
            case ILLEGAL -> Code.BAD_REQUEST;
            case KEY_MISSING -> Code.ILLEGAL_MESSAGE_KEY;
            case BUSY -> Code.TOO_MANY_REQUESTS;
            case DISK_FULL, READ_ONLY, STOPPED -> Code.INTERNAL_SERVER_ERROR;
        };
    }
}
