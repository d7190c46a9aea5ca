package io.ternmq.broker.member;

import io.ternmq.broker.filter.BadFilterException;
import io.ternmq.broker.filter.SqlFilter;
import io.ternmq.protocol.message.TagHash;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which messages of a topic a group wants. Immutable. */
public final class Subscription {
    /** The expression that matches every message. */
    public static final String EVERYTHING = "*";

    /** Expressions of this type are tags, separated by {@code ||}. */
    public static final String TYPE_TAG = "TAG";

    /** Expressions of this type are written in SQL92, over the properties of messages. */
    public static final String TYPE_SQL = "SQL92";

    private static final int[] NO_HASHES = {};

    private final String topic;
    private final String expressionType;
    private final String expression;
    private final long version;
    private final int[] tagHashes;
    private final Meaning meaning;

    private Subscription(String topic, String expressionType, String expression, long version, Meaning meaning) {
        this.topic = topic;
        this.expressionType = expressionType;
        this.expression = expression;
        this.version = version;
        this.meaning = meaning;
        this.tagHashes = meaning.tags.isEmpty() ? NO_HASHES : hashesOf(meaning.tags);
    }

    /** What an expression comes to: tags, or a filter, or the reason why neither. */
    private record Meaning(
            Set<String> tags,
            @Nullable SqlFilter filter,
            @Nullable String problem) {
        static Meaning ofTags(Set<String> tags) {
            return new Meaning(tags, null, null);
        }

        static Meaning ofSql(String expression) {
            try {
                return new Meaning(Set.of(), SqlFilter.compile(expression), null);
            } catch (BadFilterException e) {
                return new Meaning(Set.of(), null, e.getMessage());
            }
        }

        static Meaning ofStrangeType(String type) {
            return new Meaning(
                    Set.of(), null, "subscription type " + type + " (expected: " + TYPE_TAG + " or " + TYPE_SQL + ")");
        }
    }

    /**
     * Takes an expression in; one that cannot be understood has a {@link #problem}, and matches nothing.
     *
     * @param expressionType {@link #TYPE_TAG}, which is also meant by an empty one, or {@link #TYPE_SQL}
     */
    public static Subscription parse(String topic, String expressionType, String expression, long version) {
        if (expressionType.equals(TYPE_SQL)) {
            return new Subscription(topic, TYPE_SQL, expression, version, Meaning.ofSql(expression));
        }
        if (!expressionType.isEmpty() && !expressionType.equals(TYPE_TAG)) {
            return new Subscription(topic, expressionType, expression, version, Meaning.ofStrangeType(expressionType));
        }
        if (expression.isEmpty() || expression.equals(EVERYTHING)) {
            return new Subscription(topic, TYPE_TAG, EVERYTHING, version, Meaning.ofTags(Set.of()));
        }
        return new Subscription(topic, TYPE_TAG, expression, version, Meaning.ofTags(tagsOf(expression)));
    }

    /** @return the topic's name */
    public String topic() {
        return topic;
    }

    /** @return in which language it is written; {@link #TYPE_TAG}, {@link #TYPE_SQL} or a name that the client gave */
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
        return meaning.tags;
    }

    /** @return the hashes of the tags, ascending; none means that tags do not matter. Not to be written to. */
    public int[] tagHashes() {
        return tagHashes;
    }

    /** @return whether it is made of tags */
    public boolean isByTag() {
        return expressionType.equals(TYPE_TAG);
    }

    /** @return what looks at the properties of messages; null when it is made of tags, or has a {@link #problem} */
    public @Nullable SqlFilter filter() {
        return meaning.filter;
    }

    /** @return why the expression cannot be understood; null when it can */
    public @Nullable String problem() {
        return meaning.problem;
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
