package io.ternmq.remoting.assignment;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How the members of a group share queues, under the names that clients know. All members come to the same result. */
enum Sharing {
    /** Each gets queues in a row, as many as the others or one more. */
    AVERAGE("AVG") {
        @Override
        List<Integer> share(int member, int memberCount, int queueCount) {
            int least = queueCount / memberCount;
            int withOneMore = queueCount % memberCount;
            int begin = member * least + Math.min(member, withOneMore);
            int end = begin + least + (member < withOneMore ? 1 : 0);
            return IntStream.range(begin, end).boxed().toList();
        }
    },

    /** The queues are dealt out like cards. */
    CIRCLE("AVG_BY_CIRCLE") {
        @Override
        List<Integer> share(int member, int memberCount, int queueCount) {
            return IntStream.range(0, queueCount)
                    .filter(queueId -> queueId % memberCount == member)
                    .boxed()
                    .toList();
        }
    };

    private final String word;

    Sharing(String word) {
        this.word = word;
    }

    /** @return null when there is none of that name */
    static @Nullable Sharing of(String word) {
        for (Sharing sharing : values()) {
            if (sharing.word.equals(word)) {
                return sharing;
            }
        }
        return null;
    }

    /**
     * Shares queues out.
     *
     * @param member a number in 0..{@code memberCount}-1
     * @return the numbers of the member's queues, of 0..{@code queueCount}-1
     */
    abstract List<Integer> share(int member, int memberCount, int queueCount);

    /** Shares queues out so that a member has the queues of those that follow it, too. */
    List<Integer> shareWithFollowing(int followingCount, int member, int memberCount, int queueCount) {
        if (memberCount > queueCount) {
            return List.of(member % queueCount);
        }
        return IntStream.rangeClosed(0, followingCount)
                .mapToObj(i -> share((member + i) % memberCount, memberCount, queueCount))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }
}
