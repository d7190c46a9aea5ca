package io.ternmq.client.send;

import io.ternmq.Partition;

/**
 * A message in the form in which it is sent.
 *
 * @param partition  where it goes
 * @param id         its own, whatever the server calls it
 * @param properties as {@link io.ternmq.client.message.PropertiesText} writes them
 * @param body       compressed or not
 * @param flag       what the sending application puts there
 * @param sysFlag    bits of {@link io.ternmq.protocol.message.SysFlag}
 * @param bornMs     when it was made, in milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // made for one send, never compared
public record Draft(
        Partition partition, String id, byte[] properties, byte[] body, int flag, int sysFlag, long bornMs) {

    /** All of a message in a batch but properties and body. */
    static final int BATCHED_FIXED_BYTES = 5 * Integer.BYTES + Short.BYTES;

    int bytes() {
        return properties.length + body.length;
    }

    int batchedBytes() {
        return BATCHED_FIXED_BYTES + bytes();
    }

    Draft withSysFlag(int bits) {
        return new Draft(partition, id, properties, body, flag, sysFlag | bits, bornMs);
    }
}
