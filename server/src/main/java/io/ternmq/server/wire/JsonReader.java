package io.ternmq.server.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON, and RocketMQ's dialect of it: keys may be bare words, numbers or objects. One text, one thread. */
public final class JsonReader {

    private static final int DEPTH_MAX = 64;

    private final String text;
    private int position;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads a body.
     *
     * @param body UTF-8; nothing at all counts as an empty object
     * @return the object in it
     * @throws WireException when there is something else
     */
    public static JsonObject object(byte[] body) throws WireException {
        return body.length == 0 ? JsonObject.EMPTY : object(new String(body, StandardCharsets.UTF_8));
    }

    /**
     * Reads a text.
     *
     * @param text JSON
     * @return the object in it
     * @throws WireException when there is something else
     */
    public static JsonObject object(String text) throws WireException {
        var reader = new JsonReader(text);
        reader.skipBlanks();
        return reader.readObject();
    }

    private JsonObject readObject() throws WireException {
        expect('{');
        Map<Object, Object> members = new LinkedHashMap<>();
        enter();
        while (!take('}')) {
            Object key = peek() == '{' ? readObject() : peek() == '"' ? readText() : readBareWord();
            expect(':');
            Object value = readValue();
            if (value != null) {
                members.put(key, value);
            }
            take(',');
        }
        depth--;
        return new JsonObject(members);
    }

    private List<Object> readArray() throws WireException {
        expect('[');
        List<Object> elements = new ArrayList<>();
        enter();
        while (!take(']')) {
            Object element = readValue();
            if (element != null) {
                elements.add(element);
            }
            take(',');
        }
        depth--;
        return elements;
    }

    /** @return null for {@code null} */
    private @Nullable Object readValue() throws WireException {
        skipBlanks();
        return switch (peek()) {
            case '{' -> readObject();
            case '[' -> readArray();
            case '"' -> readText();
            default -> valueOf(readBareWord());
        };
    }

    private @Nullable Object valueOf(String word) throws WireException {
        return switch (word) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> numberOf(word);
        };
    }

    private Object numberOf(String word) throws WireException {
        try {
            boolean whole = word.chars().allMatch(c -> c == '-' || Character.isDigit(c));
            return whole ? (Object) Long.valueOf(word) : (Object) Double.valueOf(word);
        } catch (NumberFormatException notANumber) {
            throw new WireException("JSON value '" + word + "' at " + position + " (expected: a number)", notANumber);
        }
    }

    private String readBareWord() throws WireException {
        int start = position;
        while (position < text.length() && ":,{}[]\" \t\r\n".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        if (position == start) {
            throw unexpected("a value");
        }
        return text.substring(start, position);
    }

    private String readText() throws WireException {
        position++;
        var result = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(position++);
            result.append(c == '\\' ? readEscape() : c);
        }
        position++;
        return result.toString();
    }

    private char readEscape() throws WireException {
        char c = peek();
        position++;
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> readUnicode();
            default -> c;
        };
    }

    private char readUnicode() throws WireException {
        try {
            position += 4;
            return (char) Integer.parseInt(text, position - 4, position, 16);
        } catch (NumberFormatException | IndexOutOfBoundsException notHex) {
            throw new WireException("JSON escape at " + position + " (expected: four hex digits)", notHex);
        }
    }

    private void enter() throws WireException {
        if (++depth > DEPTH_MAX) {
            throw new WireException("JSON depth: " + depth + " (expected: at most " + DEPTH_MAX + ")");
        }
        skipBlanks();
    }

    private void expect(char c) throws WireException {
        if (!take(c)) {
            throw unexpected("'" + c + "'");
        }
    }

    /** Goes behind the character, and the blanks around it, if it is next. */
    private boolean take(char c) throws WireException {
        skipBlanks();
        if (peek() != c) {
            return false;
        }
        position++;
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return true;
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private char peek() throws WireException {
        if (position >= text.length()) {
            throw unexpected("more");
        }
        return text.charAt(position);
    }

    private WireException unexpected(String expected) {
        String found = position < text.length() ? "'" + text.charAt(position) + "'" : "the end";
        return new WireException("JSON: " + found + " at " + position + " (expected: " + expected + ")");
    }
}
