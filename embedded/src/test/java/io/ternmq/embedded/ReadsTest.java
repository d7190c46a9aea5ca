package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.Filter;
import io.ternmq.Message;
import io.ternmq.Partition;
import io.ternmq.broker.Shard;
import io.ternmq.embedded.memory.MemoryDirectory;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.engine.ReadAnswer;
import io.ternmq.engine.ReadRequest;
import io.ternmq.runtime.CallbackThread;
import io.ternmq.spi.Address;
import io.ternmq.spi.OpenOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reads by offset. */
class ReadsTest {

    /** More than one read looks at. */
    private static final int COUNT = 10_000;

    private static final int BATCH = 1_000;

    @Test
    void aFilteredReadSaysHowFarItHasComeWhenItsTimeIsOver() throws Exception {
        EmbeddedEngine engine = engine();
        try {
            Partition partition =
                    engine.writable("orders").get(10, TimeUnit.SECONDS).get(0);
            fill(engine, partition);

            ReadAnswer answer = read(engine, partition, 0);
            assertThat(answer.messages()).isEmpty();
            assertThat(answer.nextOffset()).isGreaterThan(0).isLessThan(COUNT);
            while (answer.nextOffset() < COUNT) {
                long before = answer.nextOffset();
                answer = read(engine, partition, before);
                assertThat(answer.nextOffset()).isGreaterThan(before);
            }
            assertThat(read(engine, partition, COUNT)).isEqualTo(new ReadAnswer(List.of(), COUNT));
        } finally {
            engine.close();
        }
    }

    private static ReadAnswer read(EmbeddedEngine engine, Partition partition, long offset) throws Exception {
        return engine.read(new ReadRequest("g", partition, offset, Filter.sql("a = 1"), 10, Duration.ZERO))
                .get(10, TimeUnit.SECONDS);
    }

    private static void fill(EmbeddedEngine engine, Partition partition) throws Exception {
        for (int from = 0; from < COUNT; from += BATCH) {
            int first = from;
            engine.send(
                            partition,
                            IntStream.range(0, BATCH)
                                    .mapToObj(i -> new OutgoingMessage(
                                            "id" + (first + i), Message.to("orders"), new byte[] {1}))
                                    .toList())
                    .get(10, TimeUnit.SECONDS);
        }
    }

    private static EmbeddedEngine engine() throws IOException {
        EmbeddedSettings settings = EmbeddedSettings.of(Map.of(), true);
        StandingTime time = new StandingTime();
        CallbackThread callbacks = new CallbackThread("callbacks");
        Shard shard = Shard.open(
                settings.shard(),
                MemoryDirectory.of(settings.memoryBytes()),
                time.clock(),
                time,
                new EmbeddedEvents(Address.parse("mem:"), callbacks));
        return new EmbeddedEngine(new ShardAccess(shard, time, callbacks), settings, OpenOptions.NONE, time);
    }
}
