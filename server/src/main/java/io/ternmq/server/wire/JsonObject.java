package io.ternmq.server.wire;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that is looked at without fear: what is missing or of another type counts as empty.
 *
 * @param members values are {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@code JsonObject},
 *                {@code List} or the text {@code null} left out; keys that were objects are {@code JsonObject}s
 */
public record JsonObject(Map<Object, Object> members) {

    static final JsonObject EMPTY = new JsonObject(Map.of());

    /**
     * A text.
     *
     * @param key     of the member
     * @param missing what to return when there is none
     * @return the member's text, numbers as they are written
     */
    public String text(String key, String missing) {
        Object value = members.get(key);
        return value == null ? missing : value.toString();
    }

    /**
     * A whole number.
     *
     * @param key     of the member
     * @param missing what to return when there is none
     * @return the number
     */
    public long number(String key, long missing) {
        return members.get(key) instanceof Long number ? number : missing;
    }

    /**
     * A truth value.
     *
     * @param key     of the member
     * @param missing what to return when there is none
     * @return the value
     */
    public boolean flag(String key, boolean missing) {
        return members.get(key) instanceof Boolean flag ? flag : missing;
    }

    /**
     * An object.
     *
     * @param key of the member
     * @return the object, an empty one when there is none
     */
    public JsonObject object(String key) {
        return members.get(key) instanceof JsonObject object ? object : EMPTY;
    }

    /**
     * An array.
     *
     * @param key of the member
     * @return its elements, none when there is no such array
     */
    public List<?> list(String key) {
        return members.get(key) instanceof List<?> list ? list : List.of();
    }

    /**
     * An array of objects.
     *
     * @param key of the member
     * @return those of its elements that are objects
     */
    public List<JsonObject> objects(String key) {
        return list(key).stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    /**
     * Visits all members whose key is text.
     *
     * @param visitor gets key and value
     */
    public void forEach(BiConsumer<String, @Nullable Object> visitor) {
        members.forEach((key, value) -> visitor.accept(key.toString(), value));
    }
}
