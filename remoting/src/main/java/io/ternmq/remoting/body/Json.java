package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Jackson's streaming interface, with what the bodies here have in common. */
final class Json {
    private static final int NESTING_MAX = 16;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build())
            .build();

    private Json() {}

    static byte[] toBytes(JsonBody body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            body.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String toText(JsonBody body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            body.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Reads one object out of the readable bytes and hands its fields to the reader. */
    static void readObject(ByteBuf body, FieldReader reader) {
        try (InputStream bytes = new ByteBufInputStream(body.duplicate());
                JsonParser json = FACTORY.createParser(bytes)) {
            json.nextToken();
            readFields(json, reader);
        } catch (IOException e) {
            throw new BodyFormatException("body: " + firstLine(e) + " (expected: a JSON object)", e);
        }
    }

    /** The parser stands at the start of an object; fields that the reader leaves are skipped. */
    static void readFields(JsonParser json, FieldReader reader) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new BodyFormatException("body: " + json.currentToken() + " (expected: a JSON object)");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (json.currentToken() != JsonToken.VALUE_NULL) {
                reader.field(name, json);
            }
            if (json.currentToken() == JsonToken.START_OBJECT || json.currentToken() == JsonToken.START_ARRAY) {
                json.skipChildren();
            }
        }
    }

    /** The parser stands at the start of an array; each element is handed to the reader. */
    static <T> List<T> readArray(JsonParser json, ElementReader<T> reader) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new BodyFormatException("body: " + json.currentToken() + " (expected: a JSON array)");
        }
        List<T> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(reader.element(json));
        }
        return elements;
    }

    /** The parser stands at the start of an object whose values are texts. */
    static Map<String, String> readTexts(JsonParser json) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        readFields(json, (name, value) -> texts.put(name, value.getText()));
        return texts;
    }

    static void writeTexts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    static void writeTexts(JsonGenerator json, String name, Iterable<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** Takes a field of an object; the parser stands at its value and is left at the value's last token, or there. */
    @FunctionalInterface
    interface FieldReader {
        void field(String name, JsonParser value) throws IOException;
    }

    /** Takes an element of an array; the parser stands at its first token and is left at its last. */
    @FunctionalInterface
    interface ElementReader<T> {
        T element(JsonParser json) throws IOException;
    }
}
