package io.ternmq.broker.filter;

import io.ternmq.broker.filter.Operand.Condition;
import io.ternmq.broker.filter.Operand.Decimal;
import io.ternmq.broker.filter.Operand.Property;
import io.ternmq.broker.filter.Operand.Text;
import io.ternmq.broker.filter.Operand.Whole;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes a condition of an operator and what stands around it, for each pair of kinds that can be compared. */
final class Comparison {
    private Comparison() {}

    /** What is asked of two values. */
    enum Operator {
        EQUAL,
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST;

        /** @param order negative, 0 or positive, as of {@link Comparable#compareTo} */
        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case GREATER -> order > 0;
                case AT_LEAST -> order >= 0;
            };
        }

        /** @return the operator that says the same with the sides exchanged */
        Operator mirrored() {
            return switch (this) {
                case EQUAL -> EQUAL;
                case LESS -> GREATER;
                case AT_MOST -> AT_LEAST;
                case GREATER -> LESS;
                case AT_LEAST -> AT_MOST;
            };
        }
    }

    /** @return the condition; null when such things cannot be compared */
    static @Nullable Condition of(Operand left, Operator operator, Operand right) {
        if (left instanceof Property property) {
            return ofProperty(property, operator, right);
        }
        if (right instanceof Property property) {
            return ofProperty(property, operator.mirrored(), left);
        }
        if (left instanceof Condition first && right instanceof Condition second) {
            return operator == Operator.EQUAL ? new Logic.Same(first, second) : null;
        }
        if (left instanceof Text first && right instanceof Text second) {
            return operator == Operator.EQUAL ? new Logic.Constant(first.value().equals(second.value())) : null;
        }
        return ofNumbers(left, operator, right);
    }

    private static @Nullable Condition ofProperty(Property property, Operator operator, Operand value) {
        if (value instanceof Whole number) {
            return new WithWhole(property.slot(), operator, number.value());
        }
        if (value instanceof Decimal number) {
            return new WithDecimal(property.slot(), operator, number.value());
        }
        if (value instanceof Property other) {
            return operator == Operator.EQUAL
                    ? new SameText(property.slot(), other.slot())
                    : new WithProperty(property.slot(), operator, other.slot());
        }
        if (operator == Operator.EQUAL && value instanceof Text text) {
            return new EqualsText(property.slot(), text.value().getBytes(StandardCharsets.UTF_8));
        }
        if (operator == Operator.EQUAL && value instanceof Logic.Constant constant) {
            return new IsFlag(property.slot(), constant.holds());
        }
        return null;
    }

    private static @Nullable Condition ofNumbers(Operand left, Operator operator, Operand right) {
        if (left instanceof Whole first && right instanceof Whole second) {
            return new Logic.Constant(operator.holds(Long.compare(first.value(), second.value())));
        }
        double first = number(left);
        double second = number(right);
        boolean comparable = !Double.isNaN(first) && !Double.isNaN(second);
        return comparable ? new Logic.Constant(operator.holds(Double.compare(first, second))) : null;
    }

    /** @return NaN when it is none */
    private static double number(Operand operand) {
        if (operand instanceof Whole whole) {
            return whole.value();
        }
        return operand instanceof Decimal decimal ? decimal.value() : Double.NaN;
    }

    private record WithWhole(int slot, Operator operator, long number) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            if (values.isMissing(slot)) {
                return Truth.UNKNOWN;
            }
            return values.readWhole(slot)
                    ? Truth.of(operator.holds(Long.compare(values.whole(), number)))
                    : Truth.BROKEN;
        }
    }

    private record WithDecimal(int slot, Operator operator, double number) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            if (values.isMissing(slot)) {
                return Truth.UNKNOWN;
            }
            double value = values.decimal(slot);
            return Double.isNaN(value) ? Truth.BROKEN : Truth.of(operator.holds(Double.compare(value, number)));
        }
    }

    private record WithProperty(int slot, Operator operator, int otherSlot) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            if (values.isMissing(slot) || values.isMissing(otherSlot)) {
                return Truth.UNKNOWN;
            }
            double value = values.decimal(slot);
            double other = values.decimal(otherSlot);
            boolean comparable = !Double.isNaN(value) && !Double.isNaN(other);
            return comparable ? Truth.of(operator.holds(Double.compare(value, other))) : Truth.BROKEN;
        }
    }

    private record SameText(int slot, int otherSlot) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            boolean missing = values.isMissing(slot) || values.isMissing(otherSlot);
            return missing ? Truth.UNKNOWN : Truth.of(values.areEqual(slot, otherSlot));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    private record EqualsText(int slot, byte[] text) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            return values.isMissing(slot) ? Truth.UNKNOWN : Truth.of(values.isText(slot, text));
        }
    }

    /** A property is TRUE when it reads 'true' in any case, and FALSE otherwise. */
    private record IsFlag(int slot, boolean flag) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            return values.isMissing(slot) ? Truth.UNKNOWN : Truth.of(values.isTrueWord(slot) == flag);
        }
    }
}
