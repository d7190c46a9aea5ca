package io.ternmq.bench.measure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** One result: a flat JSON object on one line, in the order in which it was filled. Not thread-safe. */
public final class JsonLine {
    private static final JsonFactory JSON = new JsonFactory();
    private static final MathContext FIVE_DIGITS = new MathContext(5);

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** Adds or replaces a text. */
    public JsonLine put(String key, String value) {
        fields.put(key, value);
        return this;
    }

    /** Adds or replaces a whole number. */
    public JsonLine put(String key, long value) {
        fields.put(key, value);
        return this;
    }

    /** Adds or replaces a number, kept to five digits; left out when it is not finite. */
    public JsonLine put(String key, double value) {
        if (Double.isFinite(value)) {
            fields.put(key, new BigDecimal(value).round(FIVE_DIGITS));
        }
        return this;
    }

    /** Adds all fields of another. */
    public JsonLine putAll(JsonLine other) {
        fields.putAll(other.fields);
        return this;
    }

    /** The number under a key, or nothing. */
    public OptionalDouble number(String key) {
        Object value = fields.get(key);
        return value instanceof Number number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
    }

    /** The text under a key, or the empty one. */
    public String text(String key) {
        return String.valueOf(fields.getOrDefault(key, ""));
    }

    /**
     * Reads a line that {@link #toString} wrote.
     *
     * @throws IllegalArgumentException when it is no flat JSON object
     */
    public static JsonLine parse(String line) {
        JsonLine parsed = new JsonLine();
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("result: '" + line + "' (expected: a JSON object)");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                parsed.fields.put(key, value.isNumeric() ? parser.getDecimalValue() : parser.getText());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("result: '" + line + "' (expected: a JSON object)", e);
        }
        return parsed;
    }

    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                generator.writeFieldName(field.getKey());
                write(generator, field.getValue());
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof Number number) {
            generator.writeNumber(new BigDecimal(number.toString()).toPlainString());
        } else {
            generator.writeString(value.toString());
        }
    }
}
