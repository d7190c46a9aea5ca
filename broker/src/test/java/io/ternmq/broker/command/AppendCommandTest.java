package io.ternmq.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.CleanupPolicy;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.record.TopicPut;
import io.ternmq.broker.state.ShardState;
import io.ternmq.broker.state.StateEffects;
import io.ternmq.log.CommitLog;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.MessageFields;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.MessageRecordEncoder;
import io.ternmq.protocol.message.PropertyNames;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a command to append asks of the shard before it appends. */
class AppendCommandTest {
    private static final int COMPACTED = 0;
    private static final int PLAIN = 1;
    private static final HostAddress HOST =
            HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));

    private final ShardState state = new ShardState(new StateEffects() {
        @Override
        public void dropQueues(int[] queueNos, long position) {}

        @Override
        public void trim(long position) {}
    });
    private final List<Long> wantedBytes = new ArrayList<>();

    AppendCommandTest() {
        Map<String, String> compaction = Map.of(CleanupPolicy.ATTRIBUTE, "COMPACTION");
        state.apply(new TopicPut(new TopicConfig("prices", 1, 1, 6, false, compaction), new int[] {COMPACTED}), 0);
        state.apply(new TopicPut(TopicConfig.of("orders", 1), new int[] {PLAIN}), 1);
    }

    @Test
    void asksForRoomForAllThatIsStored() {
        EncodedMessage first = message("tea");
        EncodedMessage second = message("cup");
        new Sent(PLAIN, first, second).decide(fullDisk());
        new Sent(COMPACTED, first, second).decide(fullDisk());
        long records = (long) first.length() + second.length();
        assertThat(wantedBytes)
                .containsExactly(records + 2L * CommitLog.tableBytes(0), records + 2L * CommitLog.tableBytes(1));
    }

    @Test
    void aKeyThatWasFoundIsNotLookedForAgain() {
        EncodedMessage message = message("tea");
        message.findKeyIn(COMPACTED);
        new UnsafeBuffer(message.buffer(), 0, message.length()).setMemory(0, message.length(), (byte) 0);
        Sent sent = new Sent(COMPACTED, message);
        sent.decide(fullDisk());
        assertThat(wantedBytes).containsExactly(message.length() + (long) CommitLog.tableBytes(1));
        assertThat(message.keyHashesIn(COMPACTED)).containsExactly(CompactionKey.hash(COMPACTED, "tea"));
    }

    @Test
    void aKeyIsOfItsQueue() {
        EncodedMessage message = message("tea");
        assertThat(message.keyHashesIn(7)).containsExactly(CompactionKey.hash(7, "tea"));
        assertThat(message.keyHashesIn(8)).containsExactly(CompactionKey.hash(8, "tea"));
        assertThat(message(" ").hasKeyIn(7)).isFalse();
        assertThat(message(" ").keyHashesIn(7)).isEmpty();
    }

    /** All that the command may ask; it is admitted nothing. */
    private Decision fullDisk() {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "state" -> state;
            case "admitsWrite" -> {
                wantedBytes.add((Long) arguments[1]);
                yield false;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        };
        Class<?>[] types = {Decision.class};
        return (Decision) Proxy.newProxyInstance(Decision.class.getClassLoader(), types, handler);
    }

    private static EncodedMessage message(String key) {
        MessageRecordEncoder encoder = new MessageRecordEncoder();
        MessageFields fields = new MessageFields()
                .clear()
                .topic("prices".getBytes(StandardCharsets.UTF_8))
                .bornHost(HOST)
                .storeHost(HOST)
                .properties(MessageProperties.format(Map.of(PropertyNames.KEYS, key)));
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[encoder.encodedLength(fields)]);
        encoder.encode(fields, buffer, 0);
        return new EncodedMessage(buffer, 0, buffer.capacity(), 0);
    }

    private static final class Sent extends AppendCommand {
        Sent(int queueNo, EncodedMessage... messages) {
            super(queueNo, messages);
        }

        @Override
        protected void committed() {}

        @Override
        protected void refused(Refusal reason, String detail) {
            throw new AssertionError(detail);
        }
    }
}
