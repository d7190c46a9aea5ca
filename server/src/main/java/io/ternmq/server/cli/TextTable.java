package io.ternmq.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell; numbers stand to the right. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... titles) {
        rows.add(List.of(titles));
    }

    void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell.toString());
        }
        rows.add(row);
    }

    void print(PrintWriter out) {
        int columnCount = rows.get(0).size();
        int[] widths = new int[columnCount];
        boolean[] numeric = new boolean[columnCount];
        for (int column = 0; column < columnCount; column++) {
            widths[column] = width(column);
            numeric[column] = isNumeric(column);
        }
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < columnCount; column++) {
                String padding = " ".repeat(widths[column] - row.get(column).length());
                String cell = row.get(column);
                line.append(column == 0 ? "" : GAP).append(numeric[column] ? padding + cell : cell + padding);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.size() > 1
                && rows.stream().skip(1).allMatch(row -> row.get(column).matches("-?[0-9][0-9,.]*"));
    }
}
