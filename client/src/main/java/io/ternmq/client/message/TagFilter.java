package io.ternmq.client.message;

import io.ternmq.Filter;
import io.ternmq.engine.StoredMessage;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Lets messages of wrong tags out that a broker let in because their hashes are equal. */
public final class TagFilter implements Predicate<StoredMessage> {

    private static final String ALL = "*";

    private final Set<String> tags;

    private TagFilter(Set<String> tags) {
        this.tags = tags;
    }

    /**
     * Makes one.
     *
     * @param filter what the consumer wants
     * @return lets everything in where the filter is not about tags
     */
    public static TagFilter of(Filter filter) {
        String expression = filter.expression().trim();
        if (filter.kind() != Filter.Kind.TAG || expression.equals(ALL) || expression.isEmpty()) {
            return new TagFilter(Set.of());
        }
        return new TagFilter(Arrays.stream(expression.split("\\|\\|"))
                .map(String::trim)
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public boolean test(StoredMessage message) {
        return wants(message.marks().tag());
    }

    /**
     * Whether a message of that tag is let in.
     *
     * @param tag empty when it has none
     * @return true for all where the filter is not about tags
     */
    public boolean wants(Optional<String> tag) {
        return tags.isEmpty() || (tag.isPresent() && tags.contains(tag.get()));
    }

    /**
     * RocketMQ's word for the language of a filter.
     *
     * @param filter any
     * @return TAG or SQL92
     */
    public static String language(Filter filter) {
        return filter.kind() == Filter.Kind.TAG ? "TAG" : "SQL92";
    }
}
