package io.ternmq.embedded;

import io.ternmq.BusyException;
import io.ternmq.ClosedException;
import io.ternmq.InvalidRequestException;
import io.ternmq.OutcomeUnknownException;
import io.ternmq.TernMQException;
import io.ternmq.UnavailableException;
import io.ternmq.broker.command.Refusal;

/** Why a shard said no, in the API's words. */
final class Refused {

    private Refused() {}

    static TernMQException of(Refusal refusal, String detail) {
        return switch (refusal) {
            case UNKNOWN_TOPIC, UNKNOWN_GROUP, ILLEGAL, KEY_MISSING -> new InvalidRequestException(detail);
            case UNKNOWN_TRANSACTION -> new OutcomeUnknownException(detail); // decided before, by whomever
            case BUSY -> new BusyException(detail);
            case DISK_FULL, READ_ONLY -> new UnavailableException(detail);
            case STOPPED -> new ClosedException(detail);
        };
    }
}
