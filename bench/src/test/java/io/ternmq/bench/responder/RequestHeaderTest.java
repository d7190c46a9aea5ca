package io.ternmq.bench.responder;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestHeaderTest {
    private static final String SEND = "{\"code\":310,\"extFields\":{\"a\":\"group\",\"b\":\"orders\",\"e\":\"3\","
            + "\"i\":\"x\",\"queueOffset\":\"-1\"},\"flag\":0,\"language\":\"JAVA\",\"opaque\":4711,"
            + "\"serializeTypeCurrentRPC\":\"JSON\",\"version\":513}";

    private final RequestHeader header = new RequestHeader();

    @Test
    void findsWhatAnAnswerNeeds() {
        header.read(frame(SEND, "body"));
        assertThat(header.code()).isEqualTo(310);
        assertThat(header.opaque()).isEqualTo(4711);
        assertThat(header.queueOfSend(RequestHeader.key("\"e\":\""))).isEqualTo(3);
        assertThat(header.number("queueOffset")).isEqualTo(-1);
        assertThat(header.text("b")).isEqualTo("orders");
    }

    @Test
    void unescapesTheSeparatorsOfProperties() {
        header.read(frame(SEND.replace("\"x\"", "\"KEYS\\u0001k\\u0002\""), ""));
        assertThat(header.properties()).asString(StandardCharsets.UTF_8).isEqualTo("KEYS\1k\2");
    }

    @Test
    void leavesTheBody() {
        ByteBuf frame = frame(SEND, "body");
        header.read(frame);
        assertThat(frame.toString(StandardCharsets.UTF_8)).isEqualTo("body");
    }

    @Test
    void takesAHeaderThatIsLargerThanTheLast() {
        header.read(frame(SEND, ""));
        header.read(frame(SEND.replace("\"x\"", "\"" + "x".repeat(5_000) + "\""), ""));
        assertThat(header.opaque()).isEqualTo(4711);
    }

    @Test
    void forgetsTheLastOne() {
        header.read(frame(SEND, ""));
        header.read(frame("{\"code\":34,\"opaque\":5}", ""));
        assertThat(header.opaque()).isEqualTo(5);
        assertThat(header.text("b")).isEmpty();
    }

    private static ByteBuf frame(String json, String body) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return Unpooled.buffer()
                .writeInt(bytes.length)
                .writeBytes(bytes)
                .writeBytes(body.getBytes(StandardCharsets.UTF_8));
    }
}
