package io.ternmq.log.index;

import io.ternmq.log.storage.LogDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the runs in a folder after a start, and clears away what a crash left half done. */
final class KeyRunFiles {
    private KeyRunFiles() {}

    /** @return the runs, oldest first and none twice */
    static List<KeyRun> open(LogDirectory directory) throws IOException {
        List<KeyRun> found = new ArrayList<>();
        for (String name : directory.list()) {
            if (KeyRunSpan.isFileName(name)) {
                openOrDelete(directory, name, found);
            }
        }
        return withoutParts(found);
    }

    /** Damage needs no word here: the gap that is left is found when the chain of runs is checked. */
    private static void openOrDelete(LogDirectory directory, String name, List<KeyRun> found) throws IOException {
        try {
            found.add(KeyRun.open(directory, name));
        } catch (IndexDamagedException e) {
            directory.delete(name);
        }
    }

    /** A crash can leave a merged run and the parts it was made of. */
    private static List<KeyRun> withoutParts(List<KeyRun> found) {
        Comparator<KeyRun> byPosition =
                Comparator.comparingLong(run -> run.span().firstPosition());
        Comparator<KeyRun> longestFirst =
                Comparator.comparingLong(run -> -run.span().lastPosition());
        found.sort(byPosition.thenComparing(longestFirst));
        List<KeyRun> whole = new ArrayList<>();
        for (KeyRun run : found) {
            if (!whole.isEmpty() && whole.get(whole.size() - 1).span().contains(run.span())) {
                run.retire();
            } else {
                whole.add(run);
            }
        }
        return List.copyOf(whole);
    }
}
