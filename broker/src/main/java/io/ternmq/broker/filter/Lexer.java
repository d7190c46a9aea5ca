package io.ternmq.broker.filter;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens; space and SQL's two kinds of comments fall away. For one expression. */
final class Lexer {
    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    private Lexer(String source) {
        this.source = source;
    }

    /** @return the tokens, the last of which is {@link Token.Kind#END} */
    static List<Token> tokens(String source) {
        Lexer lexer = new Lexer(source);
        lexer.skipSpace();
        while (lexer.next < source.length()) {
            lexer.tokens.add(lexer.token());
            lexer.skipSpace();
        }
        lexer.tokens.add(new Token(Token.Kind.END, "", source.length() + 1));
        return lexer.tokens;
    }

    private Token token() {
        char c = source.charAt(next);
        if (c == '\'') {
            return text();
        }
        if (isDigit(c) || (c == '.' && next + 1 < source.length() && isDigit(source.charAt(next + 1)))) {
            return number();
        }
        if (isWordBegin(c)) {
            int begin = next;
            while (next < source.length() && (isWordBegin(source.charAt(next)) || isDigit(source.charAt(next)))) {
                next++;
            }
            return new Token(Token.Kind.WORD, source.substring(begin, next), begin + 1);
        }
        return symbol();
    }

    private Token text() {
        int begin = next++;
        StringBuilder text = new StringBuilder();
        while (next < source.length()) {
            char c = source.charAt(next++);
            if (c != '\'') {
                text.append(c);
            } else if (next < source.length() && source.charAt(next) == '\'') {
                text.append(c);
                next++;
            } else {
                return new Token(Token.Kind.TEXT, text.toString(), begin + 1);
            }
        }
        throw new BadFilterException("the text at " + (begin + 1) + " does not end", "a quote behind it");
    }

    private Token number() {
        int begin = next;
        skipDigits();
        boolean whole = !skipOneOf(".");
        if (!whole) {
            skipDigits();
        }
        int beforeExponent = next;
        if (skipOneOf("eE")) {
            skipOneOf("+-");
            int firstDigit = next;
            skipDigits();
            whole = false;
            if (next == firstDigit) {
                throw new BadFilterException(
                        "the number at " + (begin + 1) + " has no exponent behind its E", "digits, as in 1E3");
            }
        }
        String text = source.substring(begin, next);
        if (whole && next == beforeExponent) {
            skipOneOf("lL"); // may be written, means nothing
        }
        return new Token(whole ? Token.Kind.WHOLE : Token.Kind.DECIMAL, text, begin + 1);
    }

    private Token symbol() {
        int begin = next;
        String two = source.substring(begin, Math.min(source.length(), begin + 2));
        int length = two.equals("<>") || two.equals("<=") || two.equals(">=") ? 2 : 1;
        String symbol = source.substring(begin, begin + length);
        if (length == 1 && "=<>(),+-".indexOf(symbol.charAt(0)) < 0) {
            throw new BadFilterException(
                    "'" + symbol + "' at " + (begin + 1),
                    "a word, a number, a text in quotes, = <> < <= > >= ( ) , + or -");
        }
        next += length;
        return new Token(Token.Kind.SYMBOL, symbol, begin + 1);
    }

    private void skipSpace() {
        boolean skipped = true;
        while (skipped && next < source.length()) {
            if (" \t\n\r\f".indexOf(source.charAt(next)) >= 0) {
                next++;
            } else if (source.startsWith("--", next)) {
                skipLine();
            } else if (source.startsWith("/*", next)) {
                int end = source.indexOf("*/", next + 2);
                next = end < 0 ? source.length() : end + 2;
            } else {
                skipped = false;
            }
        }
    }

    private void skipLine() {
        while (next < source.length() && "\n\r".indexOf(source.charAt(next)) < 0) {
            next++;
        }
    }

    private void skipDigits() {
        while (next < source.length() && isDigit(source.charAt(next))) {
            next++;
        }
    }

    private boolean skipOneOf(String characters) {
        boolean skips = next < source.length() && characters.indexOf(source.charAt(next)) >= 0;
        if (skips) {
            next++;
        }
        return skips;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordBegin(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }
}
