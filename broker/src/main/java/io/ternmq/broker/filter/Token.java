package io.ternmq.broker.filter;

import java.util.Locale;

/**
 * A piece of an expression.
 *
 * @param text a word or symbol as it stands there; of a text what is between its quotes
 * @param at its first character, counted from 1
 */
record Token(Kind kind, String text, int at) {
    /** What it is. */
    enum Kind {
        WORD,
        TEXT,
        WHOLE,
        DECIMAL,
        SYMBOL,
        END
    }

    /** @param upperCase a reserved word; @return whether it is this one, in any case */
    boolean isWord(String upperCase) {
        return kind == Kind.WORD && text.toUpperCase(Locale.ROOT).equals(upperCase);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** @return what it is and where, for the one who wrote it */
    String description() {
        String what = kind == Kind.END ? "the end" : kind == Kind.TEXT ? "the text '" + text + "'" : "'" + text + "'";
        return what + " at " + at;
    }
}
