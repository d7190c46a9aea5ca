package io.ternmq.protocol.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What a general JSON parser makes of a header's ext fields, to compare ours with. */
final class JsonReference {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(15).build())
            .build();

    private JsonReference() {}

    /** What the general parser takes as a header, we take too, and see the same; we may take more. */
    static void assertAgrees(byte[] header) {
        if (header.length < 2 || header[0] != '{' || header[1] == 0 || !isUtf8(header)) {
            return; // it would try other encodings, or drop what is broken
        }
        Map<String, String> expected = new HashMap<>();
        try (JsonParser parser = FACTORY.createParser(header.clone())) {
            if (!readHeader(parser, expected)) {
                return;
            }
        } catch (IOException notJson) {
            return;
        }
        RemotingFrame frame;
        try {
            frame = FrameFixture.decode(FrameFixture.frame(0, header, new byte[0]));
        } catch (MalformedFrameException refused) {
            throw new AssertionError("refused, though it is JSON", refused);
        }
        assertThat(FrameFixture.fields(frame)).isEqualTo(expected);
    }

    private static boolean isUtf8(byte[] bytes) {
        return Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes);
    }

    /** Whether it is a header: its numbers are small, its remark is a text, its fields are scalars. */
    private static boolean readHeader(JsonParser parser, Map<String, String> fields) throws IOException {
        boolean sound = parser.nextToken() == JsonToken.START_OBJECT;
        while (sound && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            sound = switch (name) {
                case "code", "flag", "opaque", "version" ->
                    value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT;
                case "language", "remark" -> value.isScalarValue();
                case "extFields" -> readFields(parser, fields);
                default -> {
                    parser.skipChildren();
                    yield true;
                }
            };
        }
        return sound && parser.nextToken() == null;
    }

    private static boolean readFields(JsonParser parser, Map<String, String> fields) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return parser.currentToken() == JsonToken.VALUE_NULL;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (!value.isScalarValue()) {
                return false;
            }
            if (value != JsonToken.VALUE_NULL) {
                fields.put(wellFormed(name), wellFormed(parser.getText()));
            }
        }
        return true;
    }

    /** Halves of surrogate pairs become question marks. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}
