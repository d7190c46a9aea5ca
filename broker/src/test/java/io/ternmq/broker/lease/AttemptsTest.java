package io.ternmq.broker.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final int COUNT = 256;
    private static final List<Lease> LEASES = Collections.nCopies(COUNT, new Lease(null, 0));

    private final Attempts attempts = new Attempts();

    private static Attempts.Attempt attempt(int number) {
        return new Attempts.Attempt("billing", "orders", "attempt " + number);
    }

    @Test
    void onlySoManyLeasesAreKnownWhateverTheGroupsAndTopics() {
        for (int i = 0; i < 1_000; i++) {
            attempts.remember(new Attempts.Attempt("group " + i, "orders", "attempt"), LEASES, 1, 1);
        }

        assertThat(attempts.leaseCount()).isEqualTo(Attempts.LEASES_MAX);
    }

    @Test
    void nothingIsKnownAfterItsTimeThoughNobodyAsks() {
        attempts.remember(attempt(1), LEASES, 1, 1);
        attempts.remember(attempt(2), LEASES, 1, 2);

        attempts.forgetOldest(1 + Attempts.KNOWN_MS);
        assertThat(attempts.leaseCount()).isEqualTo(2 * COUNT);
        attempts.forgetOldest(2 + Attempts.KNOWN_MS);
        assertThat(attempts.leaseCount()).isEqualTo(COUNT);
        attempts.forgetOldest(3 + Attempts.KNOWN_MS);
        assertThat(attempts.leaseCount()).isZero();
    }

    @Test
    void aNameThatComesAgainStandsForWhatItGotLast() {
        attempts.remember(attempt(1), LEASES, 1, 1);
        attempts.remember(attempt(1), LEASES.subList(0, 1), 2, 2);
        assertThat(attempts.leaseCount()).isEqualTo(1);

        attempts.takeBack(attempt(1), 3);

        assertThat(attempts.leaseCount()).isZero();
    }
}
