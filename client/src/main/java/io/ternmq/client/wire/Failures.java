package io.ternmq.client.wire;

import io.ternmq.BusyException;
import io.ternmq.InvalidRequestException;
import io.ternmq.OutcomeUnknownException;
import io.ternmq.TernMQException;
import io.ternmq.UnavailableException;
import io.ternmq.UnsupportedException;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What goes wrong, as the API says it. */
public final class Failures {

    private Failures() {}

    /**
     * Says what a refusal means.
     *
     * @param what   was asked for, completing "cannot …"
     * @param answer not a success
     * @return never null
     */
    public static TernMQException refused(String what, RemotingFrame answer) {
        String remark = answer.remark();
        String message =
                "cannot " + what + ": the server says " + answer.code() + (remark == null ? "" : ", " + remark);
        return switch (answer.code()) {
            case ResponseCode.SYSTEM_BUSY, ResponseCode.FLOW_CONTROL, ResponseCode.POLLING_FULL ->
                new BusyException(message);
            case ResponseCode.MESSAGE_ILLEGAL,
                    ResponseCode.NO_PERMISSION,
                    ResponseCode.TOPIC_NOT_EXIST,
                    ResponseCode.INVALID_PARAMETER,
                    ResponseCode.SUBSCRIPTION_PARSE_FAILED,
                    ResponseCode.SUBSCRIPTION_NOT_EXIST,
                    ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST,
                    ResponseCode.ILLEGAL_OPERATION -> new InvalidRequestException(message);
            case ResponseCode.REQUEST_CODE_NOT_SUPPORTED, ResponseCode.VERSION_NOT_SUPPORTED ->
                new UnsupportedException(message);
            case ResponseCode.FLUSH_DISK_TIMEOUT, ResponseCode.FLUSH_SLAVE_TIMEOUT, ResponseCode.SLAVE_NOT_AVAILABLE ->
                new OutcomeUnknownException(message);
            default -> new UnavailableException(message);
        };
    }

    /**
     * What a stage failed with.
     *
     * @param failure perhaps wrapped by the stages behind it
     * @return without the wrapping
     */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** The request was written, and no answer came. */
    static TernMQException unanswered(Request request, HostPort address, String why, @Nullable Throwable cause) {
        String message = "cannot " + request.what() + ": " + address + ' ' + why;
        return request.isRepeatable()
                ? new UnavailableException(message, cause)
                : new OutcomeUnknownException(message, cause);
    }

    /** The request was never written. */
    static TernMQException unreachable(Request request, HostPort address, @Nullable Throwable cause) {
        String why = cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ')';
        return new UnavailableException("cannot " + request.what() + ": no connection to " + address + why, cause);
    }
}
