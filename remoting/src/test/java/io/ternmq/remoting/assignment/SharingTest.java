package io.ternmq.remoting.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SharingTest {
    @Property
    void everyQueueHasOneOwnerAndNobodyHasTwoMoreThanAnother(
            @ForAll Sharing sharing,
            @ForAll @IntRange(min = 1, max = 40) int members,
            @ForAll @IntRange(min = 1, max = 100) int queues) {
        List<Integer> shared = new ArrayList<>();
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int member = 0; member < members; member++) {
            List<Integer> share = sharing.share(member, members, queues);
            shared.addAll(share);
            least = Math.min(least, share.size());
            most = Math.max(most, share.size());
        }
        assertThat(shared)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, queues).boxed().toList());
        assertThat(most - least).isBetween(0, 1);
    }

    @Test
    void theyShareAsTheClientsDo() {
        assertThat(Sharing.AVERAGE.share(0, 3, 8)).containsExactly(0, 1, 2);
        assertThat(Sharing.AVERAGE.share(2, 3, 8)).containsExactly(6, 7);
        assertThat(Sharing.CIRCLE.share(1, 3, 8)).containsExactly(1, 4, 7);
        assertThat(Sharing.AVERAGE.share(3, 4, 2)).isEmpty();
    }

    @Test
    void whereQueuesAreSharedAMemberHasThoseOfTheNextOnesToo() {
        assertThat(Sharing.AVERAGE.shareWithFollowing(1, 2, 3, 3)).containsExactly(2, 0);
        assertThat(Sharing.AVERAGE.shareWithFollowing(1, 4, 5, 3)).containsExactly(1);
    }

    @Test
    void itIsKnownByItsName() {
        assertThat(Sharing.of("AVG")).isEqualTo(Sharing.AVERAGE);
        assertThat(Sharing.of("AVG_BY_CIRCLE")).isEqualTo(Sharing.CIRCLE);
        assertThat(Sharing.of("CONSISTENT_HASH")).isNull();
    }
}
