package io.ternmq.client.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ternmq.Partition;
import io.ternmq.client.wire.Request;
import io.ternmq.protocol.message.SysFlag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.junit.jupiter.api.Test;

class BatchFormatTest {

    private static final Partition PARTITION = new Partition("t", "b", 0);

    @Property(tries = 200)
    void rocketMqReadsOurBatches(@ForAll @Size(min = 1, max = 20) List<byte[]> bodies) throws Exception {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
            drafts.add(draft(i, bodies.get(i), 0));
        }
        int length = drafts.stream().mapToInt(Draft::batchedBytes).sum();
        ByteBuf out = Unpooled.buffer();
        new BatchBodyWriter<>(drafts, draft -> draft, length).writeTo(out);
        assertThat(out.readableBytes()).isEqualTo(length);

        List<Message> read = MessageDecoder.decodeMessages(ByteBuffer.wrap(out.array(), 0, length));
        assertThat(read).hasSameSizeAs(bodies);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).getBody()).isEqualTo(bodies.get(i));
            assertThat(read.get(i).getProperty("UNIQ_KEY")).isEqualTo("id" + i);
        }
    }

    @Test
    void sendsOfOneKindShareABundleAndASingleOneStaysAsItIs() {
        PlainSend first = send(0, new byte[10], 0);
        SendBundle bundle = new SendBundle(first);
        assertThat(bundle.close()).isSameAs(first);
        assertThat(bundle.add(send(1, new byte[10], 0))).isTrue();
        assertThat(bundle.add(send(2, new byte[10], SysFlag.COMPRESSED))).isFalse();
        Request batch = bundle.close();
        assertThat(batch).isInstanceOf(BatchSend.class);
    }

    @Test
    void aBundleTakesNoMoreThanItsLimit() {
        SendBundle bundle = new SendBundle(send(0, new byte[200 * 1024], 0));
        assertThat(bundle.add(send(1, new byte[100 * 1024], 0))).isFalse();
        assertThat(bundle.add(send(2, new byte[10 * 1024], 0))).isTrue();
    }

    @Test
    void eachOfABatchGetsItsOwnOffset() {
        PlainSend first = send(0, new byte[1], 0);
        PlainSend second = send(1, new byte[1], 0);
        first.stored(7);
        second.stored(8);
        assertThat(first.result().join().offset()).isEqualTo(7);
        assertThat(second.result().join().id()).isEqualTo("id1");
        assertThat(second.result().join().offset()).isEqualTo(8);
    }

    private static PlainSend send(int number, byte[] body, int sysFlag) {
        return new PlainSend(null, draft(number, body, sysFlag), true);
    }

    private static Draft draft(int number, byte[] body, int sysFlag) {
        byte[] properties = ("UNIQ_KEY\u0001id" + number + "\u0002").getBytes(UTF_8);
        return new Draft(PARTITION, "id" + number, properties, body, 0, sysFlag, 1);
    }
}
