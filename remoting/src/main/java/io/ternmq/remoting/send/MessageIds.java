package io.ternmq.remoting.send;

import io.ternmq.broker.command.AppendCommand;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.OffsetMessageId;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Writes the ids of messages that were just stored, with commas between. To be reused; not thread-safe. */
final class MessageIds {
    private final HostAddress storeHost;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(OffsetMessageId.TEXT_LENGTH_IPV6);

    MessageIds(HostAddress storeHost) {
        this.storeHost = storeHost;
    }

    /** @return how many bytes of the buffer are theirs */
    int write(AppendCommand command) {
        int at = 0;
        for (int i = 0; i < command.count(); i++) {
            if (i > 0) {
                buffer.putByte(at++, (byte) ',');
            }
            at += OffsetMessageId.encode(storeHost, command.message(i).position(), buffer, at);
        }
        return at;
    }

    DirectBuffer buffer() {
        return buffer;
    }
}
