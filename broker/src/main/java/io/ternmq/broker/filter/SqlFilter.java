package io.ternmq.broker.filter;

import io.ternmq.broker.filter.Operand.Condition;
import java.util.List;

/** A compiled expression. Immutable; any number of threads may make a {@link RecordMatcher} of it, each its own. */
public final class SqlFilter {
    /** An expression may have so many characters. */
    public static final int LENGTH_MAX = 4_096;

    private final Condition condition;
    private final List<String> names;

    private SqlFilter(Condition condition, List<String> names) {
        this.condition = condition;
        this.names = List.copyOf(names);
    }

    /**
     * Compiles an expression.
     *
     * @throws BadFilterException saying why it cannot be understood
     */
    public static SqlFilter compile(String expression) {
        if (expression.length() > LENGTH_MAX) {
            throw new BadFilterException(expression.length() + " characters", "at most " + LENGTH_MAX);
        }
        Parser parser = new Parser(expression);
        return new SqlFilter(parser.condition(), parser.names());
    }

    /** @return what looks at records for one thread */
    public RecordMatcher matcher() {
        return new RecordMatcher(condition, new PropertyValues(names));
    }
}
