package io.ternmq.client.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.ternmq.Credentials;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RemotingFrameDecoder;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.apache.rocketmq.acl.common.AclUtils;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.junit.jupiter.api.Test;

class RequestSignerTest {

    private static final String SECRET = "12345678";

    @Property(tries = 100)
    void theSignatureIsTheOneOfRocketMqsClient(
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String topic, @ForAll byte[] body)
            throws RemotingCommandException {
        RequestWriter writer = new RequestWriter(
                UnpooledByteBufAllocator.DEFAULT, new RequestSigner(new Credentials("alice", SECRET)));
        writer.next(1, false);
        writer.begin(310)
                .field("b", topic)
                .field("a", 42)
                .field("z", "zürich".getBytes(UTF_8))
                .field("empty", "")
                .end(body);
        RemotingCommand command = decodedByTheirs(writer.take());

        SortedMap<String, String> signed = new TreeMap<>(command.getExtFields());
        signed.remove("Signature");
        byte[] content = AclUtils.combineRequestContent(command, signed);
        assertThat(command.getExtFields()).containsEntry("AccessKey", "alice");
        assertThat(command.getExtFields()).containsEntry("Signature", AclUtils.calSignature(content, SECRET));
    }

    /** As their server reads it, for which an empty value is none. */
    private static RemotingCommand decodedByTheirs(ByteBuf bytes) throws RemotingCommandException {
        try {
            bytes.skipBytes(Integer.BYTES);
            return RemotingCommand.decode(bytes);
        } finally {
            bytes.release();
        }
    }

    @Test
    void aBodyThatIsWrittenInPlaceIsSignedToo() {
        RequestWriter writer = new RequestWriter(
                UnpooledByteBufAllocator.DEFAULT, new RequestSigner(new Credentials("alice", SECRET)));
        byte[] body = "body".getBytes(UTF_8);
        writer.next(1, false);
        writer.begin(320).field("a", 1).end(new RequestWriter.Body() {
            @Override
            public int length() {
                return body.length;
            }

            @Override
            public void writeTo(ByteBuf out) {
                out.writeBytes(body);
            }
        });
        RemotingFrame inPlace = decoded(writer.take());
        writer.next(1, false);
        writer.begin(320).field("a", 1).end(body);
        RemotingFrame copied = decoded(writer.take());
        assertThat(inPlace.get("Signature")).isEqualTo(copied.get("Signature"));
        inPlace.release();
        copied.release();
    }

    private static RemotingFrame decoded(ByteBuf bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new RemotingFrameDecoder(ConnectionLimits.DEFAULT.frames()));
        channel.writeInbound(bytes);
        return channel.readInbound();
    }
}
