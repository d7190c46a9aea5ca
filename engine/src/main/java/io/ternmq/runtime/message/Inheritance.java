package io.ternmq.runtime.message;

import io.ternmq.Message;
import io.ternmq.ReceivedMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What messages that are sent while others are handled take over from them, on the handler's thread: the lane and the trace
 * context, where all that are handled agree, and unless a message has its own.
 */
public final class Inheritance {

    /** The header of W3C's Trace Context. */
    static final String TRACE_PARENT = "traceparent";

    /** What belongs to that header. */
    private static final String TRACE_STATE = "tracestate";

    // one for each open queue: nothing is inherited from another's messages, and nothing outlives it
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable List<ReceivedMessage>> handled = new ThreadLocal<>();

    /**
     * Handlers of this thread handle these messages now; what they have in common is taken over.
     *
     * @param messages at least one
     */
    public void begin(List<ReceivedMessage> messages) {
        handled.set(messages);
    }

    public void end() {
        handled.remove();
    }

    public Message inherited(Message message) {
        List<ReceivedMessage> parents = handled.get();
        if (parents == null) {
            return message;
        }
        Message heir = message;
        if (message.lane().isEmpty()) {
            Optional<String> lane = common(parents, ReceivedMessage::lane);
            heir = lane.isPresent() ? heir.lane(lane.get()) : heir;
        }
        if (!message.properties().containsKey(TRACE_PARENT)) {
            Optional<String> parent = common(parents, each -> each.property(TRACE_PARENT));
            heir = parent.isPresent() ? traced(heir, parents, parent.get()) : heir;
        }
        return heir;
    }

    private static Message traced(Message message, List<ReceivedMessage> parents, String traceParent) {
        Message traced = message.property(TRACE_PARENT, traceParent);
        Optional<String> state = common(parents, each -> each.property(TRACE_STATE));
        return state.isPresent() && !message.properties().containsKey(TRACE_STATE)
                ? traced.property(TRACE_STATE, state.get())
                : traced;
    }

    private static Optional<String> common(
            List<ReceivedMessage> messages, Function<ReceivedMessage, Optional<String>> mark) {
        Optional<String> first = mark.apply(messages.get(0)).filter(text -> !text.isEmpty());
        return first.isPresent()
                        && messages.stream().allMatch(each -> mark.apply(each).equals(first))
                ? first
                : Optional.empty();
    }
}
