package io.ternmq.server.cli;

import io.ternmq.client.json.JsonText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Things of one kind, a row each: printed as a table for people, or as an array of JSON objects for programs. */
final class Listing {

    private final List<Column> columns;
    private final List<Object[]> rows = new ArrayList<>();

    /**
     * What is said of each.
     *
     * @param title over the column of the table
     * @param field the name in JSON
     */
    record Column(String title, String field) {}

    Listing(Column... columns) {
        this.columns = List.of(columns);
    }

    /** Adds one; its cells in the order of the columns. */
    void row(Object... cells) {
        rows.add(cells);
    }

    void print(boolean json, PrintWriter out) {
        if (json) {
            out.println(JsonText.line(rows.stream().map(this::fields).toList()));
            return;
        }
        var table = new TextTable(columns.stream().map(Column::title).toArray(String[]::new));
        rows.forEach(table::row);
        table.print(out);
    }

    private Map<String, Object> fields(Object[] row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < row.length; i++) {
            fields.put(columns.get(i).field(), row[i]);
        }
        return fields;
    }
}
