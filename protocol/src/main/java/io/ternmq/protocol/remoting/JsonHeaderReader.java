package io.ternmq.protocol.remoting;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON headers: {@code {"code":310,"language":"JAVA","version":1,"opaque":7,"flag":0,"remark":…,"extFields":{"a":"b"}}}, in
 * any order; what else there is, is skipped.
 *
 * <p>A header is read for every message, so this is done by hand: fields stay where they stand in the array and are decoded there, no
 * text becomes a String. A general parser in its place measured at a microsecond and 800 bytes of garbage more a message.
 */
final class JsonHeaderReader {
    private static final int SHOWN_BYTES_MAX = 64;

    private JsonHeaderReader() {}

    /**
     * @param bytes the header; texts with escapes are decoded in place, so it is the fields' own array from here on
     * @throws MalformedFrameException when the bytes are no header
     */
    static void read(byte[] bytes, FrameHeader header) {
        JsonCursor json = new JsonCursor(bytes);
        json.expect('{');
        if (!json.accept('}')) {
            do {
                readMember(json, bytes, header);
            } while (json.accept(','));
            json.expect('}');
        }
        json.expectEnd();
    }

    private static void readMember(JsonCursor json, byte[] bytes, FrameHeader header) {
        json.readText();
        if (json.textIs("extFields")) {
            readFields(json, header.fields);
        } else if (json.textIs("code")) {
            header.code = intValue("code", json, bytes);
        } else if (json.textIs("flag")) {
            header.flag = intValue("flag", json, bytes);
        } else if (json.textIs("opaque")) {
            header.opaque = intValue("opaque", json, bytes);
        } else if (json.textIs("version")) {
            header.version = intValue("version", json, bytes);
        } else if (json.textIs("language")) {
            header.language = language(json, bytes);
        } else if (json.textIs("remark")) {
            header.remark = remark(json, bytes);
        } else {
            json.expect(':');
            json.skipValue();
        }
    }

    private static void readFields(JsonCursor json, HeaderFields fields) {
        json.expect(':');
        if (!json.accept('{')) {
            json.readScalar();
            if (!json.isNull()) {
                throw new MalformedFrameException("extFields", "a scalar", "an object");
            }
        } else if (!json.accept('}')) {
            do {
                json.readText();
                int nameBegin = json.textBegin();
                int nameEnd = json.textEnd();
                json.expect(':');
                json.readScalar();
                if (!json.isNull()) {
                    fields.add(nameBegin, nameEnd, json.textBegin(), json.textEnd());
                }
            } while (json.accept(','));
            json.expect('}');
        }
    }

    private static int intValue(String name, JsonCursor json, byte[] bytes) {
        json.expect(':');
        json.readScalar();
        if (AsciiNumber.isLong(bytes, json.textBegin(), json.textEnd())) {
            long value = AsciiNumber.parse(bytes, json.textBegin(), json.textEnd());
            if (value == (int) value) {
                return (int) value;
            }
        }
        throw new MalformedFrameException(name, shown(bytes, json.textBegin(), json.textEnd()), "a number of 32 bits");
    }

    private static int language(JsonCursor json, byte[] bytes) {
        json.expect(':');
        json.readScalar();
        int begin = json.textBegin();
        int end = json.textEnd();
        if (AsciiNumber.isLong(bytes, begin, end)) {
            long code = AsciiNumber.parse(bytes, begin, end);
            return code == (byte) code ? (int) code : LanguageCode.OTHER;
        }
        return json.textIs("JAVA") ? LanguageCode.JAVA : LanguageCode.code(string(bytes, begin, end));
    }

    private static @Nullable String remark(JsonCursor json, byte[] bytes) {
        json.expect(':');
        json.readScalar();
        return json.isNull() ? null : string(bytes, json.textBegin(), json.textEnd());
    }

    private static String shown(byte[] bytes, int begin, int end) {
        return string(bytes, begin, Math.min(end, begin + SHOWN_BYTES_MAX));
    }

    private static String string(byte[] bytes, int begin, int end) {
        return new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    }
}
