package io.ternmq;

/**
 * Which messages of a topic a consumer wants.
 *
 * @param kind       the language
 * @param expression what is said in it
 */
public record Filter(Kind kind, String expression) {

    private static final Filter ALL = new Filter(Kind.TAG, "*");

    /** The languages. */
    public enum Kind {
        /** Tags with {@code ||} between them. */
        TAG,
        /** A condition on properties, as in the WHERE of SQL92. */
        SQL
    }

    /**
     * All messages.
     *
     * @return a filter
     */
    public static Filter all() {
        return ALL;
    }

    /**
     * Those with one of these tags.
     *
     * @param tags at least one
     * @return a filter
     */
    public static Filter tags(String... tags) {
        if (tags.length == 0) {
            throw new IllegalArgumentException("tags: none (expected: at least one)");
        }
        return new Filter(Kind.TAG, String.join(" || ", tags));
    }

    /**
     * Those whose properties meet a condition. A property that is compared with a whole number is read as one, so a price of
     * {@code 19.80} is compared with {@code 10.0}, not with {@code 10}.
     *
     * @param condition such as {@code price > 5 AND region = 'eu'}
     * @return a filter
     */
    public static Filter sql(String condition) {
        return new Filter(Kind.SQL, condition);
    }
}
