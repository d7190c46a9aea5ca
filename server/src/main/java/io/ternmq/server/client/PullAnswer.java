package io.ternmq.server.client;

import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.server.wire.Frame;
import io.ternmq.server.wire.WireException;
import java.util.List;

/**
 * What a pull brought.
 *
 * @param messages   in their order; may be none
 * @param nextOffset where to go on
 * @param maxOffset  the queue's end when the server answered
 * @param moved      whether the server said that reading must go on elsewhere than it was asked to
 */
public record PullAnswer(List<ReceivedMessage> messages, long nextOffset, long maxOffset, boolean moved) {

    static PullAnswer of(Frame answer, QueueRef queue, TagExpression tags) throws WireException {
        boolean nothing = answer.code() == ResponseCode.PULL_NOT_FOUND
                || answer.code() == ResponseCode.PULL_RETRY_IMMEDIATELY
                || answer.code() == ResponseCode.PULL_OFFSET_MOVED;
        if (!nothing) {
            answer.expectSuccess("read from " + queue);
        }
        List<ReceivedMessage> messages = nothing ? List.of() : MessageRecords.decode(answer.body());
        return new PullAnswer(
                messages.stream().filter(tags::matches).toList(),
                answer.number("nextBeginOffset"),
                answer.number("maxOffset"),
                answer.code() == ResponseCode.PULL_OFFSET_MOVED);
    }
}
