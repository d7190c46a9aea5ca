package io.ternmq.protocol.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.ShortRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.SerializeType;

/** RocketMQ's own codec and ours understand each other, in both formats. */
class OfficialCodecTest {
    @Property(tries = 300)
    void readsWhatTheOfficialCodecWrites(
            @ForAll HeaderFormat format,
            @ForAll @ShortRange(min = 0) short code,
            @ForAll int opaque,
            @ForAll String remark,
            @ForAll @Size(max = 15) Map<@AlphaChars @StringLength(min = 1, max = 20) String, String> anyFields,
            @ForAll @Size(max = 200) byte[] body) {
        Map<String, String> fields = wellFormed(anyFields);
        RemotingCommand command = FrameFixture.official(code, fields, body, format);
        command.setOpaque(opaque);
        command.setRemark(wellFormed(remark));
        command.markOnewayRPC();
        RemotingFrame frame = FrameFixture.decode(FrameFixture.bytes(command));
        assertThat(frame.format()).isEqualTo(format);
        assertThat(frame.code()).isEqualTo(code);
        assertThat(frame.opaque()).isEqualTo(opaque);
        assertThat(frame.isOneway()).isTrue();
        assertThat(frame.isResponse()).isFalse();
        assertThat(frame.language()).isEqualTo(LanguageCode.JAVA);
        assertThat(frame.remark() == null ? "" : frame.remark()).isEqualTo(wellFormed(remark));
        assertThat(FrameFixture.fields(frame)).isEqualTo(as(format, fields));
        assertThat(ByteBufUtil.getBytes(frame.body())).isEqualTo(body);
    }

    @Property(tries = 300)
    void theOfficialCodecReadsWhatWeWrite(
            @ForAll HeaderFormat format,
            @ForAll @ShortRange(min = 0) short code,
            @ForAll int opaque,
            @ForAll String remark,
            @ForAll @Size(max = 15) Map<@AlphaChars @StringLength(min = 1, max = 20) String, String> anyFields,
            @ForAll long number)
            throws RemotingCommandException {
        Map<String, String> fields = new HashMap<>(wellFormed(anyFields));
        RemotingFrameEncoder encoder =
                new RemotingFrameEncoder().beginResponse(format, opaque, code, wellFormed(remark));
        fields.forEach(encoder::field);
        byte[] inABuffer = "#größe\u0001\"\\\u0002#".getBytes(UTF_8);
        encoder.field("-number", number)
                .field("-buffer", new UnsafeBuffer(inABuffer), 1, inABuffer.length - 2)
                .field("-boolean", true)
                .field("-null", null);
        byte[] bytes = FrameFixture.bytes(encoder, "body".getBytes(UTF_8));

        RemotingCommand official = RemotingCommand.decode(ByteBuffer.wrap(bytes, 4, bytes.length - 4));
        assertThat(ByteBuffer.wrap(bytes).getInt()).isEqualTo(bytes.length - 4);
        assertThat(official.getSerializeTypeCurrentRPC())
                .isEqualTo(format == HeaderFormat.JSON ? SerializeType.JSON : SerializeType.ROCKETMQ);
        assertThat(official.getCode()).isEqualTo(code);
        assertThat(official.getOpaque()).isEqualTo(opaque);
        assertThat(official.isResponseType()).isTrue();
        assertThat(official.isOnewayRPC()).isFalse();
        assertThat(official.getVersion()).isEqualTo(RemotingVersion.V5_5_0);
        assertThat(official.getRemark() == null ? "" : official.getRemark()).isEqualTo(wellFormed(remark));
        assertThat(official.getBody()).isEqualTo("body".getBytes(UTF_8));
        fields.put("-number", Long.toString(number));
        fields.put("-buffer", "größe\u0001\"\\\u0002");
        fields.put("-boolean", "true");
        Map<String, String> seen = new HashMap<>(official.getExtFields());
        seen.values().removeIf(value -> value == null);
        assertThat(seen).isEqualTo(as(format, fields));
    }

    /** In binary an empty value is none. */
    private static Map<String, String> as(HeaderFormat format, Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field ->
                        format == HeaderFormat.JSON || !field.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> wellFormed(Map<String, String> fields) {
        return fields.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, field -> wellFormed(field.getValue())));
    }

    /** Without halves of surrogate pairs: they are no text. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}
