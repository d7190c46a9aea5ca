package io.ternmq.runtime.message;

import io.ternmq.Message;
import io.ternmq.ReceivedMessage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What messages that are sent while another is handled take over from it, on the handler's thread: the lane and the trace
 * context, unless they have their own.
 */
public final class Inheritance {

    /** The header of W3C's Trace Context. */
    static final String TRACE_PARENT = "traceparent";

    private static final String TRACE_STATE = "tracestate";

    // one for each open queue: nothing is inherited from another's messages, and nothing outlives it
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable ReceivedMessage> handled = new ThreadLocal<>();

    /** Handlers of this thread handle these messages now; what they have in common is taken over. */
    public void begin(List<ReceivedMessage> messages) {
        handled.set(messages.isEmpty() ? null : messages.get(0));
    }

    public void end() {
        handled.remove();
    }

    public Message inherited(Message message) {
        ReceivedMessage parent = handled.get();
        if (parent == null) {
            return message;
        }
        Message heir = message;
        Optional<String> lane = parent.lane();
        if (lane.isPresent() && message.lane().isEmpty()) {
            heir = heir.lane(lane.get());
        }
        return traced(traced(heir, parent, TRACE_PARENT), parent, TRACE_STATE);
    }

    private static Message traced(Message message, ReceivedMessage parent, String name) {
        Optional<String> value = parent.property(name).filter(text -> !text.isEmpty());
        return value.isPresent() && !message.properties().containsKey(name)
                ? message.property(name, value.get())
                : message;
    }
}
