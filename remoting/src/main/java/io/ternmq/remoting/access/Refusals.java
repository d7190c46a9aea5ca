package io.ternmq.remoting.access;

import io.ternmq.broker.command.Refusal;
import io.ternmq.protocol.remoting.ResponseCode;

/** The answer that clients know for each refusal. */
public final class Refusals {
    private Refusals() {}

    /** @return one of {@link ResponseCode} */
    public static int code(Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_TOPIC -> ResponseCode.TOPIC_NOT_EXIST;
            case UNKNOWN_GROUP -> ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST;
            case UNKNOWN_TRANSACTION -> ResponseCode.SYSTEM_ERROR;
            case ILLEGAL -> ResponseCode.INVALID_PARAMETER;
            case KEY_MISSING -> ResponseCode.MESSAGE_ILLEGAL;
            case BUSY -> ResponseCode.SYSTEM_BUSY;
            case DISK_FULL, READ_ONLY, STOPPED -> ResponseCode.SERVICE_NOT_AVAILABLE;
        };
    }
}
