package io.ternmq.bench.compare;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Median;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** All that was measured so far; each result is written to a file at once. Not thread-safe. */
final class Results {
    private final List<Result> results = new ArrayList<>();
    private final Path file;

    /** One run of a workload against a contender. */
    private record Result(Workload workload, String contender, JsonLine line) {}

    /** @param folder gets {@code results.jsonl} */
    Results(Path folder) throws IOException {
        file = Files.createDirectories(folder).resolve("results.jsonl");
    }

    void add(Workload workload, String contender, JsonLine line) throws IOException {
        JsonLine labelled = new JsonLine()
                .put("workload", workload.label())
                .put("server", contender)
                .putAll(line);
        results.add(new Result(workload, contender, labelled));
        Files.writeString(
                file, labelled + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The middle one of all runs, or NaN when there was none. */
    double median(Workload workload, String contender, String key) {
        return Median.of(results.stream()
                .filter(result -> result.workload == workload && result.contender.equals(contender))
                .flatMapToDouble(result -> result.line.number(key).stream())
                .toArray());
    }

    Path file() {
        return file;
    }
}
