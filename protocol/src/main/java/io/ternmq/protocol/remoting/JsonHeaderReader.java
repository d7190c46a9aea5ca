package io.ternmq.protocol.remoting;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON headers: {@code {"code":310,"language":"JAVA","version":1,"opaque":7,"flag":0,"remark":…,"extFields":{"a":"b"}}}, in any order;
 * what else there is, is skipped. Thread-safe; one for a whole server, since it remembers field names.
 *
 * <p>The text of ext fields is written, decoded, into the front of the array that is being read: decoded text is never
 * longer than its JSON, which the parser has already consumed. So a header costs one array, and properties never become a String.
 */
public final class JsonHeaderReader {
    private static final int DEPTH_MAX = 16;
    private static final int NAME_LENGTH_MAX = 1024;

    private final JsonFactory factory = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNameLength(NAME_LENGTH_MAX)
                    .maxNumberLength(AsciiNumber.LENGTH_MAX)
                    .build())
            .build();

    /** @throws MalformedFrameException when the bytes are no header */
    void read(byte[] bytes, FrameHeader header) {
        // Jackson would take other bytes for another encoding or a byte order mark.
        if (bytes.length < 2 || bytes[0] != '{' || bytes[1] == 0) {
            throw new MalformedFrameException("JSON header", bytes.length + " bytes", "an object in UTF-8");
        }
        try (JsonParser parser = factory.createParser(bytes)) {
            parser.nextToken();
            TextArea area = new TextArea(bytes);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                readMember(parser, area, header);
            }
            if (parser.nextToken() != null) {
                throw new MalformedFrameException("JSON header", "text behind the object", "one object");
            }
        } catch (JsonParseException | StreamConstraintsException e) {
            throw new MalformedFrameException("JSON header", e.getOriginalMessage(), "an object in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("from an array in memory", e);
        }
    }

    private static void readMember(JsonParser parser, TextArea area, FrameHeader header) throws IOException {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
            case "code" -> header.code = intValue(name, parser);
            case "version" -> header.version = intValue(name, parser);
            case "opaque" -> header.opaque = intValue(name, parser);
            case "flag" -> header.flag = intValue(name, parser);
            case "language" -> header.language = language(parser);
            case "remark" -> header.remark = remark(parser);
            case "extFields" -> {
                if (value == JsonToken.START_OBJECT) {
                    readFields(parser, area, header.fields);
                } else if (value != JsonToken.VALUE_NULL) {
                    throw new MalformedFrameException(name, value, "an object");
                }
            }
            default -> parser.skipChildren();
        }
    }

    private static void readFields(JsonParser parser, TextArea area, HeaderFields fields) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int nameBegin = area.end();
            area.append(parser.currentName());
            int nameEnd = area.end();
            JsonToken value = parser.nextToken();
            if (!value.isScalarValue()) {
                throw new MalformedFrameException("ext field value", value, "a text, number or boolean");
            }
            if (value != JsonToken.VALUE_NULL) {
                area.append(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
                fields.add(nameBegin, nameEnd, nameEnd, area.end());
            }
        }
    }

    private static int intValue(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            try {
                return parser.getIntValue();
            } catch (InputCoercionException e) {
                throw new MalformedFrameException(name, parser.getText(), "a number of 32 bits");
            }
        }
        throw new MalformedFrameException(name, parser.currentToken(), "a number");
    }

    private static int language(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> LanguageCode.code(parser.getText());
            case VALUE_NUMBER_INT -> intValue("language", parser);
            case VALUE_NULL -> LanguageCode.OTHER;
            default -> throw new MalformedFrameException("language", parser.currentToken(), "a name or a number");
        };
    }

    private static @Nullable String remark(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NULL -> null;
            default -> throw new MalformedFrameException("remark", parser.currentToken(), "a text");
        };
    }
}
