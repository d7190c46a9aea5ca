package io.ternmq.broker.member;

import io.ternmq.protocol.message.TagHash;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Which messages of a topic a group wants. Immutable. */
public final class Subscription {
    /** The expression that matches every message. */
    public static final String EVERYTHING = "*";

    /** Expressions of this type are tags, separated by {@code ||}. */
    public static final String TYPE_TAG = "TAG";

    private static final int[] NO_HASHES = {};

    private final String topic;
    private final String expressionType;
    private final String expression;
    private final long version;
    private final Set<String> tags;
    private final int[] tagHashes;

    private Subscription(String topic, String expressionType, String expression, long version, Set<String> tags) {
        this.topic = topic;
        this.expressionType = expressionType;
        this.expression = expression;
        this.version = version;
        this.tags = tags;
        this.tagHashes = tags.isEmpty() ? NO_HASHES : hashesOf(tags);
    }

    /** @return what the expression means; tags are only looked at when the type is {@link #TYPE_TAG} or empty */
    public static Subscription parse(String topic, String expressionType, String expression, long version) {
        if (!expressionType.isEmpty() && !expressionType.equals(TYPE_TAG)) {
            return new Subscription(topic, expressionType, expression, version, Set.of());
        }
        if (expression.isEmpty() || expression.equals(EVERYTHING)) {
            return new Subscription(topic, TYPE_TAG, EVERYTHING, version, Set.of());
        }
        return new Subscription(topic, TYPE_TAG, expression, version, tagsOf(expression));
    }

    /** @return the topic's name */
    public String topic() {
        return topic;
    }

    /** @return in which language the expression is written; {@link #TYPE_TAG} or a name that the client gave */
    public String expressionType() {
        return expressionType;
    }

    /** @return the expression as the client wrote it; {@link #EVERYTHING} for none */
    public String expression() {
        return expression;
    }

    /** @return a number that rises with each change, as the client counts */
    public long version() {
        return version;
    }

    /** @return the tags it wants, sorted; none means that tags do not matter */
    public Set<String> tags() {
        return tags;
    }

    /** @return the hashes of the tags, ascending; none means that tags do not matter. Not to be written to. */
    public int[] tagHashes() {
        return tagHashes;
    }

    /** @return whether it is made of tags */
    public boolean isByTag() {
        return expressionType.equals(TYPE_TAG);
    }

    @Override
    public String toString() {
        return topic + " " + expressionType + " '" + expression + "' v" + version;
    }

    private static Set<String> tagsOf(String expression) {
        Set<String> tags = new TreeSet<>();
        int from = 0;
        while (from <= expression.length()) {
            int end = expression.indexOf("||", from);
            int to = end < 0 ? expression.length() : end;
            String tag = expression.substring(from, to).trim();
            if (!tag.isEmpty()) {
                tags.add(tag);
            }
            from = to + 2;
        }
        return Collections.unmodifiableSet(tags);
    }

    private static int[] hashesOf(Set<String> tags) {
        return tags.stream().mapToInt(TagHash::of).sorted().toArray();
    }
}
