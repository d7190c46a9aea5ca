package io.ternmq.broker.filter;

import io.ternmq.broker.filter.Comparison.Operator;
import io.ternmq.broker.filter.Operand.Condition;
import io.ternmq.broker.filter.Operand.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a condition of an expression: a method for each line of the grammar that stands in the package's page. For one
 * expression.
 */
final class Parser {
    /** Parentheses, NOTs and signs inside each other; it bounds the stack that an expression needs. */
    static final int NESTING_MAX = 64;

    private static final Set<String> RESERVED = Set.of(
            "NOT", "AND", "OR", "BETWEEN", "IN", "TRUE", "FALSE", "NULL", "IS", "CONTAINS", "STARTSWITH", "ENDSWITH");

    private final List<Token> tokens;
    private final List<String> names = new ArrayList<>();
    private int next;
    private int nesting;

    Parser(String source) {
        this.tokens = Lexer.tokens(source);
    }

    /** @return what the whole expression says; to be called once */
    Condition condition() {
        Token first = peek();
        Condition condition = condition(expression(), first);
        if (peek().kind() != Token.Kind.END) {
            throw unexpected(peek(), "an operator, AND, OR or the end");
        }
        return condition;
    }

    /** @return the properties that it names, by slot */
    List<String> names() {
        return names;
    }

    private Operand expression() {
        Token first = peek();
        Operand left = conjunction();
        while (take("OR")) {
            Token second = peek();
            left = new Logic.Or(condition(left, first), condition(conjunction(), second));
        }
        return left;
    }

    private Operand conjunction() {
        Token first = peek();
        Operand left = equality();
        while (take("AND")) {
            Token second = peek();
            left = new Logic.And(condition(left, first), condition(equality(), second));
        }
        return left;
    }

    private Operand equality() {
        Operand left = comparison();
        while (true) {
            Token operator = peek();
            if (takeSymbol("=")) {
                left = compare(left, operator, Operator.EQUAL, comparison());
            } else if (takeSymbol("<>")) {
                left = new Logic.Not(compare(left, operator, Operator.EQUAL, comparison()));
            } else if (take("IS")) {
                boolean negated = take("NOT");
                if (!take("NULL")) {
                    throw unexpected(peek(), "NULL or NOT NULL behind IS");
                }
                left = negated ? new Logic.Not(isNull(left)) : isNull(left);
            } else {
                return left;
            }
        }
    }

    private Operand comparison() {
        Operand left = operand();
        while (true) {
            Token operator = peek();
            Operator ordering = ordering(operator);
            if (ordering != null) {
                next++;
                left = compare(left, operator, ordering, operand());
            } else if (isTest(operator)) {
                left = test(left, true);
            } else if (operator.isWord("NOT") && isTest(tokens.get(next + 1))) {
                next++;
                left = test(left, false);
            } else {
                return left;
            }
        }
    }

    private static @Nullable Operator ordering(Token token) {
        if (token.kind() != Token.Kind.SYMBOL) {
            return null;
        }
        return switch (token.text()) {
            case "<" -> Operator.LESS;
            case "<=" -> Operator.AT_MOST;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.AT_LEAST;
            default -> null;
        };
    }

    private static boolean isTest(Token token) {
        return token.isWord("BETWEEN")
                || token.isWord("IN")
                || token.isWord("CONTAINS")
                || token.isWord("STARTSWITH")
                || token.isWord("ENDSWITH");
    }

    private Condition test(Operand left, boolean wanted) {
        Token word = tokens.get(next++);
        return switch (word.text().toUpperCase(Locale.ROOT)) {
            case "BETWEEN" -> between(left, word, wanted);
            case "IN" -> oneOf(left, word, wanted);
            case "CONTAINS" -> has(left, word, TextTest.Place.ANYWHERE, wanted);
            case "STARTSWITH" -> has(left, word, TextTest.Place.BEGIN, wanted);
            default -> has(left, word, TextTest.Place.END, wanted);
        };
    }

    private Condition between(Operand value, Token word, boolean wanted) {
        Operand low = operand();
        if (!take("AND")) {
            throw unexpected(peek(), "AND between the two ends of BETWEEN");
        }
        Operand high = operand();
        if (Comparison.of(low, Operator.GREATER, high) instanceof Logic.Constant constant && constant.holds()) {
            throw new BadFilterException(
                    "BETWEEN at " + word.at() + " from " + low.description() + " to " + high.description(),
                    "the smaller one first");
        }
        if (wanted) {
            return new Logic.And(
                    compare(value, word, Operator.AT_LEAST, low), compare(value, word, Operator.AT_MOST, high));
        }
        return new Logic.Or(compare(value, word, Operator.LESS, low), compare(value, word, Operator.GREATER, high));
    }

    private Condition oneOf(Operand value, Token word, boolean wanted) {
        if (!(value instanceof Property property)) {
            throw new BadFilterException(value.description() + " before IN at " + word.at(), "a property");
        }
        Set<String> texts = new HashSet<>();
        expectSymbol("(");
        do {
            texts.add(text("a text in quotes: IN compares texts"));
        } while (takeSymbol(","));
        expectSymbol(")");
        Condition condition = new TextTest.OneOf(property.slot(), texts);
        return wanted ? condition : new Logic.Not(condition);
    }

    private Condition has(Operand value, Token word, TextTest.Place place, boolean wanted) {
        String part = text("a text in quotes");
        if (value instanceof Operand.Text text) {
            return TextTest.ofConstant(text.value(), place, part, wanted);
        }
        if (value instanceof Property property) {
            return new TextTest.Has(property.slot(), place, new TextSearch(part), wanted);
        }
        throw new BadFilterException(
                value.description() + " before " + word.text() + " at " + word.at(), "a property or a text");
    }

    private Operand operand() {
        if (++nesting > NESTING_MAX) {
            throw new BadFilterException(
                    "parentheses, NOTs and signs " + nesting + " deep at " + peek().at(), "at most " + NESTING_MAX);
        }
        Token first = tokens.get(next);
        Operand operand;
        if (take("NOT")) {
            Token behind = peek();
            operand = new Logic.Not(condition(operand(), behind));
        } else if (takeSymbol("-")) {
            operand = negative(first, operand());
        } else if (takeSymbol("+")) {
            operand = operand();
        } else if (takeSymbol("(")) {
            operand = expression();
            expectSymbol(")");
        } else {
            operand = primary();
        }
        nesting--;
        return operand;
    }

    private Operand primary() {
        Token token = tokens.get(next++);
        return switch (token.kind()) {
            case TEXT -> new Operand.Text(token.text());
            case WHOLE -> whole(token);
            case DECIMAL -> decimal(token);
            case WORD -> word(token);
            default -> throw unexpected(token, "a property, a text in quotes, a number, TRUE, FALSE, NULL, NOT or '('");
        };
    }

    private Operand word(Token token) {
        String upperCase = token.text().toUpperCase(Locale.ROOT);
        return switch (upperCase) {
            case "TRUE" -> new Logic.Constant(true);
            case "FALSE" -> new Logic.Constant(false);
            case "NULL" -> new Operand.Nothing();
            default -> {
                if (RESERVED.contains(upperCase)) {
                    throw unexpected(token, "a property, a text in quotes, a number, TRUE, FALSE, NULL, NOT or '('");
                }
                yield property(token.text());
            }
        };
    }

    private Property property(String name) {
        int slot = names.indexOf(name);
        if (slot < 0) {
            slot = names.size();
            names.add(name);
        }
        return new Property(name, slot);
    }

    private static Operand whole(Token token) {
        try {
            return new Operand.Whole(Long.parseLong(token.text()));
        } catch (NumberFormatException e) {
            throw new BadFilterException(
                    token.description() + " is too large", "whole numbers of at most " + Long.MAX_VALUE);
        }
    }

    private static Operand decimal(Token token) {
        double value = Double.parseDouble(token.text());
        if (Double.isInfinite(value)) {
            throw new BadFilterException(token.description() + " is too large", "at most " + Double.MAX_VALUE);
        }
        return new Operand.Decimal(value);
    }

    private static Operand negative(Token sign, Operand operand) {
        if (operand instanceof Operand.Whole number) {
            return new Operand.Whole(-number.value());
        }
        if (operand instanceof Operand.Decimal number) {
            return new Operand.Decimal(-number.value());
        }
        throw new BadFilterException(operand.description() + " behind the sign at " + sign.at(), "a number");
    }

    private static Condition isNull(Operand operand) {
        if (operand instanceof Property property) {
            return new Logic.Missing(property);
        }
        if (operand instanceof Condition condition) {
            return new Logic.Unknown(condition);
        }
        return new Logic.Constant(operand instanceof Operand.Nothing);
    }

    private static Condition compare(Operand left, Token operator, Operator kind, Operand right) {
        Condition condition = Comparison.of(left, kind, right);
        if (condition == null) {
            throw new BadFilterException(
                    left.description() + " and " + right.description() + " compared by " + operator.text() + " at "
                            + operator.at(),
                    kind == Operator.EQUAL
                            ? "a property and a text, a number, TRUE, FALSE or another property; IS NULL for NULL"
                            : "a property and a number, or two properties");
        }
        return condition;
    }

    /** @param first where the operand begins */
    private static Condition condition(Operand operand, Token first) {
        if (operand instanceof Condition condition) {
            return condition;
        }
        if (operand instanceof Property property) {
            return new Logic.Bare(property);
        }
        throw new BadFilterException(
                operand.description() + " at " + first.at() + " is neither true nor false", "a condition");
    }

    private String text(String expected) {
        Token token = tokens.get(next++);
        if (token.kind() != Token.Kind.TEXT) {
            throw unexpected(token, expected);
        }
        return token.text();
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean take(String word) {
        boolean taken = peek().isWord(word);
        next += taken ? 1 : 0;
        return taken;
    }

    private boolean takeSymbol(String symbol) {
        boolean taken = peek().isSymbol(symbol);
        next += taken ? 1 : 0;
        return taken;
    }

    private void expectSymbol(String symbol) {
        if (!takeSymbol(symbol)) {
            throw unexpected(peek(), "'" + symbol + "'");
        }
    }

    private static BadFilterException unexpected(Token token, String expected) {
        return new BadFilterException(token.description(), expected);
    }
}
