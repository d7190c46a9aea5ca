package io.ternmq.client.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.ternmq.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that is looked at without fear: what is missing or of another type counts as empty. Keys may be bare words or numbers, as RocketMQ writes
 * them.
 */
public final class JsonObject {

    private static final JsonObject EMPTY = new JsonObject(Map.of());
    private static final int NESTING_MAX = 16;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build())
            .build();

    private final Map<String, Object> members;

    private JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Reads a body.
     *
     * @param body UTF-8; nothing at all counts as an empty object
     * @return the object in it
     * @throws UnavailableException when there is something else
     */
    public static JsonObject read(ByteBuf body) {
        if (!body.isReadable()) {
            return EMPTY;
        }
        try (InputStream bytes = new ByteBufInputStream(body.duplicate());
                JsonParser json = FACTORY.createParser(bytes)) {
            return read(json);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads a body with maps whose keys are objects: such a key becomes a text, to be read by itself.
     *
     * @param body UTF-8; nothing at all counts as an empty object
     * @return the object in it
     * @throws UnavailableException when there is something else
     */
    public static JsonObject readWithObjectKeys(ByteBuf body) {
        return body.isReadable() ? read(ObjectKeys.toTexts(body.toString(StandardCharsets.UTF_8))) : EMPTY;
    }

    /**
     * Reads a text.
     *
     * @param text JSON
     * @return the object in it
     * @throws UnavailableException when there is something else
     */
    public static JsonObject read(String text) {
        try (JsonParser json = FACTORY.createParser(text)) {
            return read(json);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static JsonObject read(JsonParser json) throws IOException {
        return json.nextToken() == JsonToken.START_OBJECT ? object(json) : EMPTY;
    }

    private static UnavailableException unreadable(IOException why) {
        return new UnavailableException("an answer's body cannot be read (expected: a JSON object)", why);
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> json.getLongValue();
            default -> json.getText();
        };
    }

    private static JsonObject object(JsonParser json) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            Object value = value(json);
            if (value != null) {
                members.put(name, value);
            }
        }
        return new JsonObject(members);
    }

    private static List<Object> array(JsonParser json) throws IOException {
        List<Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Object element = value(json);
            if (element != null) {
                elements.add(element);
            }
        }
        return elements;
    }

    /**
     * The names of the members.
     *
     * @return in their order
     */
    public Set<String> names() {
        return members.keySet();
    }

    /**
     * A text.
     *
     * @param name    of the member
     * @param missing what to return when there is none
     * @return the member's text, numbers as they are written
     */
    public String text(String name, String missing) {
        Object value = members.get(name);
        return value == null ? missing : value.toString();
    }

    /**
     * A whole number.
     *
     * @param name    of the member
     * @param missing what to return when there is none
     * @return the number
     */
    public long number(String name, long missing) {
        return members.get(name) instanceof Long number ? number : missing;
    }

    /**
     * An object.
     *
     * @param name of the member
     * @return the object, an empty one when there is none
     */
    public JsonObject object(String name) {
        return members.get(name) instanceof JsonObject object ? object : EMPTY;
    }

    /**
     * An array of texts.
     *
     * @param name of the member
     * @return its elements as texts, none when there is no such array
     */
    public List<String> texts(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    /**
     * An array of objects.
     *
     * @param name of the member
     * @return those of its elements that are objects
     */
    public List<JsonObject> objects(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }
}
