package io.ternmq.server;

import java.util.Comparator;
import java.util.List;

/** Guesses what was meant by a misspelt word: the one with the fewest edits. */
final class NearestWord {

    private NearestWord() {}

    /**
     * Picks a word.
     *
     * @param word  what was written
     * @param known at least one word
     * @return the nearest; the first of several
     */
    static String of(String word, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> editCount(word, candidate)))
                .orElseThrow();
    }

    /** Levenshtein's distance, one row at a time. */
    private static int editCount(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[right.length() + 1];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
            }
            previous = row;
        }
        return previous[right.length()];
    }
}
