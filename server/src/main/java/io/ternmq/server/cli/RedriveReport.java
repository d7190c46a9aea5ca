package io.ternmq.server.cli;

import io.ternmq.client.json.JsonText;
import io.ternmq.server.client.DeadLetterQueue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells how a redrive goes, and what came of it. One thread. */
final class RedriveReport {

    private final CommandContext context;
    private final String group;
    private final ProgressLine progress;
    private final List<Redrive> redrives = new ArrayList<>();
    private final List<DeadLetterQueue> queues = new ArrayList<>();

    RedriveReport(CommandContext context, String group) {
        this.context = context;
        this.group = group;
        this.progress = new ProgressLine(context.console(), context.nanoClock());
    }

    /** What is done by this belongs to the report. */
    void watch(Redrive redrive, DeadLetterQueue queue) {
        redrives.add(redrive);
        queues.add(queue);
    }

    void progress() {
        progress.show(() -> String.format("%,d redriven, %,d left", count(), left()));
    }

    boolean failed() {
        return redrives.stream().anyMatch(redrive -> !redrive.failures().isEmpty());
    }

    void print(boolean json) {
        progress.clear();
        if (json) {
            context.console().out().println(JsonText.line(fields()));
            return;
        }
        String topics = countByTopic().entrySet().stream()
                .map(topic -> topic.getKey() + " " + topic.getValue())
                .collect(Collectors.joining(", "));
        context.console()
                .out()
                .println("redrove " + count() + " dead letters of group " + group
                        + (topics.isEmpty() ? "" : " (" + topics + ")") + ", " + left() + " left");
        for (Redrive.Failure failure : failures()) {
            context.console()
                    .err()
                    .println("offset " + failure.message().queueOffset() + "  "
                            + failure.message().id() + "  not redriven: " + failure.reason());
        }
    }

    /** @return how many were sent again so far */
    long count() {
        return redrives.stream().mapToLong(Redrive::count).sum();
    }

    private long left() {
        return queues.stream().mapToLong(DeadLetterQueue::leftCount).sum();
    }

    private Map<String, Long> countByTopic() {
        Map<String, Long> counts = new TreeMap<>();
        redrives.forEach(
                redrive -> redrive.countByTopic().forEach((topic, count) -> counts.merge(topic, count, Long::sum)));
        return counts;
    }

    private List<Redrive.Failure> failures() {
        return redrives.stream().flatMap(redrive -> redrive.failures().stream()).toList();
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("group", group);
        fields.put("redriven", count());
        fields.put("topics", countByTopic());
        fields.put("failed", failures().stream().map(RedriveReport::fields).toList());
        fields.put("left", left());
        return fields;
    }

    private static Map<String, Object> fields(Redrive.Failure failure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("offset", failure.message().queueOffset());
        fields.put("id", failure.message().id());
        fields.put("reason", failure.reason());
        return fields;
    }
}
