package io.ternmq.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.bench.measure.JsonLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTableTest {
    @TempDir
    Path folder;

    private Results results;

    @BeforeEach
    void openResults() throws IOException {
        results = new Results(folder);
    }

    @Test
    void comparesMedians() throws IOException {
        for (double rate : new double[] {90_000, 60_000, 10}) {
            results.add(Workload.ASYNC_1000, "TernMQ", new JsonLine().put("msg_s", rate));
        }
        results.add(Workload.ASYNC_1000, "RocketMQ", new JsonLine().put("msg_s", 20_000.0));
        assertThat(new ComparisonTable(results).lines())
                .last()
                .isEqualTo("| async, 1,000 in flight, 1 KB: sends/s | 60,000 | 20,000 | 3.00 × | ≥ 2 × |  | yes |");
    }

    @Test
    void takesTheCeilingOfForcedSendsFromThoseThatAreNot() throws IOException {
        results.add(Workload.SYNC_64_FORCED, "TernMQ", new JsonLine().put("msg_s", 900.0));
        results.add(Workload.SYNC_64_FORCED, "RocketMQ", new JsonLine().put("msg_s", 600.0));
        results.add(Workload.SYNC_64, "null", new JsonLine().put("msg_s", 1_000.0));
        assertThat(new ComparisonTable(results).lines())
                .last()
                .asString()
                .endsWith("| 1.50 × | ≥ 2.5 × | 1,000 | yes |");
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        assertThat(new ComparisonTable(results).lines()).hasSize(2);
    }

    @Test
    void keepsEachResultInAFile() throws IOException {
        results.add(Workload.SIZE, "TernMQ", new JsonLine().put("size_mb", 12.0));
        assertThat(Files.readAllLines(results.file()))
                .containsExactly("{\"workload\":\"size\",\"server\":\"TernMQ\",\"size_mb\":12}");
    }
}
