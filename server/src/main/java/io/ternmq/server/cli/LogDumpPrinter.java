package io.ternmq.server.cli;

import io.ternmq.broker.record.ControlRecord;
import io.ternmq.client.json.JsonText;
import io.ternmq.log.LogDump;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Prints what a log dump finds, a line each. */
final class LogDumpPrinter implements LogDump.Visitor {

    private final PrintWriter out;
    private final boolean json;
    private final MessageRecord messageRecord = new MessageRecord();
    private long linesLeft;
    private boolean damaged;

    LogDumpPrinter(PrintWriter out, boolean json, long lineCountMax) {
        this.out = out;
        this.json = json;
        this.linesLeft = lineCountMax;
    }

    boolean foundDamage() {
        return damaged;
    }

    @Override
    public boolean entry(LogDump.Entry entry) {
        damaged |= !entry.chained();
        Map<String, Object> fields = begin("entry", entry.position());
        fields.put("bytes", entry.bytes());
        fields.put("index", entry.entryIndex());
        fields.put("term", entry.term());
        fields.put("time", Instant.ofEpochMilli(entry.timeMs()));
        fields.put("records", entry.recordCount());
        if (!entry.chained()) {
            fields.put("chained", false);
        }
        return print("", fields);
    }

    @Override
    public boolean message(LogDump.Row row, DirectBuffer buffer, int index, int length) {
        Map<String, Object> fields = beginRow("message", row, length);
        fields.put("queueNo", row.queueNo());
        fields.put("offset", row.queueOffset());
        String problem = messageRecord.wrap(buffer, index, length).validate();
        if (problem == null) {
            fields.put("topic", messageRecord.topic());
            fields.put("queue", messageRecord.queueId());
            putIfThere(fields, "id", messageRecord.property(PropertyNames.UNIQUE_KEY));
            putIfThere(fields, "tag", messageRecord.property(PropertyNames.TAGS));
            putIfThere(fields, "keys", messageRecord.property(PropertyNames.KEYS));
            fields.put("bodyBytes", messageRecord.bodyLength());
        } else {
            damaged = true;
            fields.put("problem", problem);
        }
        return print("  ", fields);
    }

    @Override
    public boolean control(LogDump.Row row, DirectBuffer buffer, int index, int length) {
        Map<String, Object> fields = beginRow("control", row, length);
        fields.put("kind", row.kind());
        if (row.good()) {
            fields.put("change", change(row.kind(), buffer, index, length));
        }
        return print("  ", fields);
    }

    @Override
    public boolean damaged(long position, long bytes, String reason) {
        damaged = true;
        Map<String, Object> fields = begin("damage", position);
        fields.put("bytes", bytes);
        fields.put("reason", reason);
        return print("", fields);
    }

    private Map<String, Object> beginRow(String type, LogDump.Row row, int length) {
        Map<String, Object> fields = begin(type, row.position());
        fields.put("bytes", length);
        if (!row.good()) {
            damaged = true;
            fields.put("checksum", "wrong");
        }
        return fields;
    }

    private static Map<String, Object> begin(String type, long position) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("position", position);
        return fields;
    }

    private static void putIfThere(Map<String, Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static String change(int kind, DirectBuffer buffer, int index, int length) {
        try {
            return ControlRecord.decode(kind, buffer, index, length).toString();
        } catch (IllegalArgumentException unknown) {
            return "of a kind that this version does not read";
        }
    }

    /** @return false when it was the last line that is wanted, or nobody reads us any more */
    private boolean print(String indent, Map<String, Object> fields) {
        out.println(json ? JsonText.line(fields) : indent + text(fields));
        return --linesLeft > 0 && !out.checkError();
    }

    /** The type, then name and value of the rest. */
    private static String text(Map<String, Object> fields) {
        return fields.get("type") + "  "
                + fields.entrySet().stream()
                        .skip(1)
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining("  "));
    }
}
