package io.ternmq.protocol.message;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a record is made of, but for what the log fills in. A carrier to reuse: set everything anew for each message
 * ({@link #clear} first). It refers to the buffers it is given and copies nothing. Not thread-safe.
 */
public final class MessageFields {
    private final UnsafeBuffer topicBytes = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer propertiesBytes = new UnsafeBuffer(0, 0);
    private DirectBuffer body = new UnsafeBuffer(0, 0);
    private int bodyIndex;
    private int bodyLength;
    private int queueId;
    private int flag;
    private int sysFlag;
    private long bornTimestamp;
    private @Nullable HostAddress bornHost;
    private @Nullable HostAddress storeHost;
    private int reconsumeTimes;
    private long preparedTransactionOffset;

    /** Forgets everything, buffers too. */
    public MessageFields clear() {
        topicBytes.wrap(0, 0);
        propertiesBytes.wrap(0, 0);
        body = propertiesBytes;
        bodyIndex = 0;
        bodyLength = 0;
        queueId = 0;
        flag = 0;
        sysFlag = 0;
        bornTimestamp = 0;
        bornHost = null;
        storeHost = null;
        reconsumeTimes = 0;
        preparedTransactionOffset = 0;
        return this;
    }

    /** @param utf8 the topic, 1 to {@link MessageRecordLayout#TOPIC_BYTES_MAX} bytes */
    public MessageFields topic(byte[] utf8) {
        topicBytes.wrap(utf8);
        return this;
    }

    /** Like {@link #topic(byte[])}, from a part of a buffer. */
    public MessageFields topic(DirectBuffer buffer, int index, int length) {
        topicBytes.wrap(buffer, index, length);
        return this;
    }

    /** @param queueId the queue in its topic */
    public MessageFields queueId(int queueId) {
        this.queueId = queueId;
        return this;
    }

    /** @param flag what the sending application says */
    public MessageFields flag(int flag) {
        this.flag = flag;
        return this;
    }

    /** The two bits for IPv6 hosts need not be set: the encoder sets them as the hosts are. */
    public MessageFields sysFlag(int sysFlag) {
        this.sysFlag = sysFlag;
        return this;
    }

    /** @param bornTimestamp milliseconds of the epoch, by the sender's clock */
    public MessageFields bornTimestamp(long bornTimestamp) {
        this.bornTimestamp = bornTimestamp;
        return this;
    }

    /** @param bornHost who sent the message */
    public MessageFields bornHost(HostAddress bornHost) {
        this.bornHost = bornHost;
        return this;
    }

    /** @param storeHost the address that clients are told */
    public MessageFields storeHost(HostAddress storeHost) {
        this.storeHost = storeHost;
        return this;
    }

    /** @param reconsumeTimes how often the message was sent back */
    public MessageFields reconsumeTimes(int reconsumeTimes) {
        this.reconsumeTimes = reconsumeTimes;
        return this;
    }

    /** @param preparedTransactionOffset position of the half message, 0 when there is none */
    public MessageFields preparedTransactionOffset(long preparedTransactionOffset) {
        this.preparedTransactionOffset = preparedTransactionOffset;
        return this;
    }

    /** The body, as it was sent (compressed or not), at most {@link MessageRecordLayout#BODY_BYTES_MAX} bytes. */
    public MessageFields body(DirectBuffer buffer, int index, int length) {
        body = buffer;
        bodyIndex = index;
        bodyLength = length;
        return this;
    }

    /** Properties as {@link MessageProperties} describes them, at most {@link MessageRecordLayout#PROPERTIES_BYTES_MAX} bytes. */
    public MessageFields properties(byte[] bytes) {
        propertiesBytes.wrap(bytes);
        return this;
    }

    /** Like {@link #properties(byte[])}, from a part of a buffer. */
    public MessageFields properties(DirectBuffer buffer, int index, int length) {
        propertiesBytes.wrap(buffer, index, length);
        return this;
    }

    DirectBuffer topicBytes() {
        return topicBytes;
    }

    DirectBuffer propertiesBytes() {
        return propertiesBytes;
    }

    DirectBuffer body() {
        return body;
    }

    int bodyIndex() {
        return bodyIndex;
    }

    int bodyLength() {
        return bodyLength;
    }

    int queueId() {
        return queueId;
    }

    int flag() {
        return flag;
    }

    /** The flag bits with those of the hosts as they really are. */
    int effectiveSysFlag() {
        int withoutHosts = sysFlag & ~(SysFlag.BORN_HOST_IPV6 | SysFlag.STORE_HOST_IPV6);
        return withoutHosts
                | (requiredBornHost().isIpv6() ? SysFlag.BORN_HOST_IPV6 : 0)
                | (requiredStoreHost().isIpv6() ? SysFlag.STORE_HOST_IPV6 : 0);
    }

    long bornTimestamp() {
        return bornTimestamp;
    }

    HostAddress requiredBornHost() {
        return required("bornHost", bornHost);
    }

    HostAddress requiredStoreHost() {
        return required("storeHost", storeHost);
    }

    int reconsumeTimes() {
        return reconsumeTimes;
    }

    long preparedTransactionOffset() {
        return preparedTransactionOffset;
    }

    private static HostAddress required(String name, @Nullable HostAddress host) {
        if (host == null) {
            throw new IllegalStateException(name + ": null (expected: an address)");
        }
        return host;
    }
}
