package io.ternmq.server.client;

import io.ternmq.protocol.message.TagHash;
import java.util.Arrays;
import java.util.List;

/**
 * Which tags are wanted: {@code a || b}, or {@code *} for all messages.
 *
 * @param text as it is sent to the server
 * @param tags the tags in it; none for all messages
 */
public record TagExpression(String text, List<String> tags) {

    /** Everything. */
    public static final TagExpression ALL = new TagExpression("*", List.of());

    /**
     * Reads an expression.
     *
     * @param text tags separated by {@code ||}; nothing or {@code *} for all messages
     * @return what it says
     */
    public static TagExpression of(String text) {
        List<String> tags = Arrays.stream(text.split("\\|\\|", -1))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        boolean all = tags.isEmpty() || tags.contains("*");
        return all ? ALL : new TagExpression(String.join("||", tags), tags);
    }

    /** The server compares hashes only; whoever reads must look again. */
    boolean matches(ReceivedMessage message) {
        return tags.isEmpty() || tags.contains(message.tag());
    }

    /** Hashes of the tags, which is what the server compares. */
    List<Integer> hashes() {
        return tags.stream().map(TagHash::of).toList();
    }
}
