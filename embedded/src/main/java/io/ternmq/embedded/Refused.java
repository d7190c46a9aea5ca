package io.ternmq.embedded;

import io.ternmq.BusyException;
import io.ternmq.ClosedException;
import io.ternmq.InvalidRequestException;
import io.ternmq.TernMQException;
import io.ternmq.UnavailableException;
import io.ternmq.broker.command.Refusal;

/** Why a shard said no, in the API's words. */
final class Refused {

    private Refused() {}

    static TernMQException of(Refusal refusal, String detail) {
        return switch (refusal) {
            case UNKNOWN_TOPIC, UNKNOWN_GROUP, UNKNOWN_TRANSACTION, ILLEGAL, KEY_MISSING ->
                new InvalidRequestException(detail);
            case BUSY -> new BusyException(detail);
            case DISK_FULL, READ_ONLY -> new UnavailableException(detail);
            case STOPPED -> new ClosedException(detail);
        };
    }
}
