package io.ternmq.broker.filter;

import io.ternmq.broker.filter.Operand.Condition;
import java.util.Set;

/** What can be asked of a property as a text, other than whether it equals another. */
final class TextTest {
    private TextTest() {}

    /** Where a text is looked for. */
    enum Place {
        ANYWHERE,
        BEGIN,
        END
    }

    /** Holds when the property is one of the texts. */
    record OneOf(int slot, Set<String> texts) implements Condition {
        /** Keeps a copy. */
        OneOf {
            texts = Set.copyOf(texts);
        }

        @Override
        public Truth of(PropertyValues values) {
            return values.isMissing(slot) ? Truth.UNKNOWN : Truth.of(texts.contains(values.text(slot)));
        }
    }

    /**
     * Holds when the property has the text there, or ({@code wanted} is false) has it not. A missing property and an empty
     * text make it false either way: so RocketMQ's brokers have it.
     */
    record Has(int slot, Place place, TextSearch search, boolean wanted) implements Condition {
        @Override
        public Truth of(PropertyValues values) {
            return Truth.of(!search.isEmpty() && !values.isMissing(slot) && values.has(slot, place, search) == wanted);
        }
    }

    /** @return what {@link Has} would say of a constant text */
    static Condition ofConstant(String text, Place place, String part, boolean wanted) {
        boolean has = switch (place) {
            case ANYWHERE -> text.contains(part);
            case BEGIN -> text.startsWith(part);
            case END -> text.endsWith(part);
        };
        return new Logic.Constant(!part.isEmpty() && has == wanted);
    }
}
