package io.ternmq.grpc.send;

import static org.assertj.core.api.Assertions.assertThat;

import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.SystemProperties;
import com.google.protobuf.ByteString;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RecordDraftsTest {
    private static final HostAddress HOST = HostAddress.of(new byte[4], 0);
    private static final int QUEUE_NO = 7;

    @Test
    void theKeyForACompactedTopicIsFoundBeforeTheShardAsks() {
        TopicConfig config = new TopicConfig(
                "latest", 1, 1, Permission.READ | Permission.WRITE, false, Map.of("cleanup.policy", "COMPACTION"));
        Message message = Message.newBuilder()
                .setBody(ByteString.copyFromUtf8("x"))
                .setSystemProperties(SystemProperties.newBuilder()
                        .setMessageId("id")
                        .addKeys("k")
                        .build())
                .build();

        EncodedMessage record = new RecordDrafts(HOST)
                .encode(
                        message,
                        new Destination(new Topic(config, new int[] {QUEUE_NO}), 0),
                        Map.of(PropertyNames.KEYS, "k"),
                        HOST);
        new UnsafeBuffer(record.buffer())
                .setMemory(record.index(), record.length(), (byte) 0); // nothing can be read any more

        assertThat(record.hasKeyIn(QUEUE_NO)).isTrue();
    }
}
