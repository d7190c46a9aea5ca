package io.ternmq.broker.filter;

/** What stands to the left or the right of an operator. */
sealed interface Operand {
    /** @return what it is, for a sentence that says why it does not fit */
    String description();

    /** A property of the message; its slot in {@link PropertyValues}. */
    record Property(String name, int slot) implements Operand {
        @Override
        public String description() {
            return "the property " + name;
        }
    }

    /** A text, in single quotes. */
    record Text(String value) implements Operand {
        @Override
        public String description() {
            return "the text '" + value + "'";
        }
    }

    /** A whole number. */
    record Whole(long value) implements Operand {
        @Override
        public String description() {
            return "the number " + value;
        }
    }

    /** A number with a point or an exponent. */
    record Decimal(double value) implements Operand {
        @Override
        public String description() {
            return "the number " + value;
        }
    }

    /** The word NULL. */
    record Nothing() implements Operand {
        @Override
        public String description() {
            return "NULL";
        }
    }

    /** Something that a message meets, or not. Immutable, so that any thread may ask it with values of its own. */
    non-sealed interface Condition extends Operand {
        /** Says what it makes of the message whose values these are. */
        Truth of(PropertyValues values);

        @Override
        default String description() {
            return "a condition";
        }
    }
}
