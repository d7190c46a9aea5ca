package io.ternmq.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineBenchTest {
    @TempDir
    Path work;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void tellsWhichShareOfTheDiskIsLeft() throws IOException {
        new AppendBench(options("--mib 4 --rounds 1"), out).run();
        assertThat(results()).singleElement().satisfies(line -> {
            assertThat(line.number("plain_mb_s").orElse(0)).isPositive();
            assertThat(line.number("share").orElse(0)).isPositive();
        });
    }

    @Test
    void tellsTheCostOfEachTenth() throws IOException {
        new CostBench(options("--messages 10000"), out).run();
        assertThat(results()).hasSize(11);
    }

    @Test
    void opensALogOfManyQueuesAgain() throws IOException {
        new QueuesBench(options("--queues 1000 --messages 4000"), out).run();
        assertThat(results())
                .singleElement()
                .satisfies(line -> assertThat(line.number("open_s").orElse(0)).isPositive());
    }

    @Test
    void tellsWhatTheFileAndTheThreadsLeaveToAQueueInThisProcess() throws Exception {
        new EmbeddedBench(options("--count 1024 --forces 20 --rounds 1"), out).run();
        assertThat(results()).singleElement().satisfies(line -> {
            assertThat(line.number("async_share").orElse(0)).isPositive();
            assertThat(line.number("sync_share").orElse(0)).isPositive();
            assertThat(line.number("sync_share_of_that").orElse(0)).isPositive();
            assertThat(line.number("open_ms").orElse(0)).isPositive();
        });
    }

    private Options options(String arguments) {
        return new Options(Arrays.asList((arguments + " --work " + work).split(" ", -1)));
    }

    private List<JsonLine> results() {
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JsonLine::parse)
                .collect(Collectors.toList());
    }
}
