package io.ternmq.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.AllocationStrategies;
import io.ternmq.Message;
import io.ternmq.Partition;
import io.ternmq.Retry;
import io.ternmq.Subscription;
import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A queue on a server, over the network. */
class RemoteTest extends MessagingContract {

    @RegisterExtension
    static final RemoteServer SERVER = new RemoteServer();

    @Test
    void partitionsAreSharedOutAndWhatFailsComesBackToTheGroup() {
        mq.admin().putTopic("shared-out", 4);
        List<String> handled = new CopyOnWriteArrayList<>();
        List<Partition> ofOne = new CopyOnWriteArrayList<>();
        TernMQ other = queue().open(); // a member each process
        Subscription one = sharing(mq, handled, ofOne);
        Subscription two = sharing(other, handled, new CopyOnWriteArrayList<>());
        await().atMost(Duration.ofSeconds(40)).until(() -> ofOne.size() == 2);

        for (int i = 0; i < 20; i++) {
            mq.send(Message.to("shared-out").body("m" + i));
        }
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(handled)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, 20).mapToObj(i -> "m" + i).toList()));
        one.close();
        two.close();
        other.close();
    }

    /** Fails for each message once. */
    private static Subscription sharing(TernMQ of, List<String> handled, List<Partition> assigned) {
        return of.consumer("sharing")
                .on("shared-out", message -> {
                    if (message.attempt() == 1) {
                        throw new IllegalStateException("once");
                    }
                    handled.add(message.text());
                })
                .allocate(AllocationStrategies.average())
                .retry(Retry.every(Duration.ofSeconds(1)))
                .membership((members, partitions) -> {
                    assigned.clear();
                    partitions.stream()
                            .filter(partition -> partition.topic().equals("shared-out"))
                            .forEach(assigned::add);
                })
                .start();
    }

    @Override
    TernMQBuilder queue() {
        return TernMQ.at(SERVER.address());
    }
}
