package io.ternmq.broker.filter;

import io.ternmq.broker.filter.Operand.Condition;

/** How conditions are combined. What stands to the left is looked at first, and settles it if it can. */
final class Logic {
    private Logic() {}

    /** Holds when both hold. */
    record And(Condition left, Condition right) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            Truth first = left.of(values);
            if (first == Truth.FALSE || first == Truth.BROKEN) {
                return first;
            }
            Truth second = right.of(values);
            return second == Truth.TRUE ? first : second;
        }
    }

    /** Holds when one of them holds. */
    record Or(Condition left, Condition right) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            Truth first = left.of(values);
            if (first == Truth.TRUE || first == Truth.BROKEN) {
                return first;
            }
            Truth second = right.of(values);
            return second == Truth.FALSE ? first : second;
        }
    }

    /** Holds when the other does not. */
    record Not(Condition condition) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            return condition.of(values).negated();
        }
    }

    /** TRUE or FALSE, or what comes to the same. */
    record Constant(boolean holds) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            return Truth.of(holds);
        }

        @Override
        public String description() {
            return holds ? "TRUE" : "FALSE";
        }
    }

    /** Holds when both say the same. */
    record Same(Condition left, Condition right) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            Truth first = left.of(values);
            if (first == Truth.BROKEN || first == Truth.UNKNOWN) {
                return first;
            }
            Truth second = right.of(values);
            return second == Truth.BROKEN || second == Truth.UNKNOWN ? second : Truth.of(first == second);
        }
    }

    /** Holds when the message has no such property. */
    record Missing(Operand.Property property) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            return Truth.of(values.isMissing(property.slot()));
        }
    }

    /** Holds when the condition is neither true nor false. */
    record Unknown(Condition condition) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            Truth truth = condition.of(values);
            return truth == Truth.BROKEN ? truth : Truth.of(truth == Truth.UNKNOWN);
        }
    }

    /** A property where a condition is expected: properties are texts, and a text is never true. */
    record Bare(Operand.Property property) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            return values.isMissing(property.slot()) ? Truth.UNKNOWN : Truth.FALSE;
        }
    }
}
