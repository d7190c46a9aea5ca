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
import java.net.ConnectException;
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
        String message = "cannot " + what + ": " + firstLine(answer.remark()) + " (code " + answer.code() + ')';
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

    /** RocketMQ's brokers put a stack trace behind it. */
    private static String firstLine(@Nullable String remark) {
        return remark == null
                ? "refused"
                : remark.lines()
                        .filter(line -> !line.isBlank())
                        .findFirst()
                        .map(String::strip)
                        .orElse("refused");
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
        String why = cause == null || cause.getMessage() == null ? "" : ": " + reason(cause, cause.getMessage());
        return new UnavailableException(
                "cannot " + request.what() + ": cannot connect to " + address + why + " (is a server running there?)",
                cause);
    }

    /** What the operating system says, without the address and the name of the system call. */
    private static String reason(Throwable cause, String message) {
        if (!(cause instanceof ConnectException)) {
            return message;
        }
        int address = message.lastIndexOf(": /");
        String rest = address < 0 ? message : message.substring(0, address);
        return rest.substring(rest.lastIndexOf(": ") + 1).strip();
    }
}
