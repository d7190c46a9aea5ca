package io.ternmq.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table, in Markdown. */
final class ComparisonTable {
    private static final String HEAD = "| figure | TernMQ | RocketMQ | ratio | target | null responder | met |";
    private static final String RULE = "|---|---:|---:|---:|---|---:|---|";

    private final Results results;

    ComparisonTable(Results results) {
        this.results = results;
    }

    /** A row for each figure of which something is known. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(HEAD, RULE));
        for (Figure figure : Figure.values()) {
            double ternMq = of(figure, "TernMQ");
            double rocketMq = of(figure, "RocketMQ");
            if (!Double.isNaN(ternMq) || !Double.isNaN(rocketMq)) {
                lines.add(row(figure, ternMq, rocketMq));
            }
        }
        return lines;
    }

    private String row(Figure figure, double ternMq, double rocketMq) {
        double ceiling = results.median(figure.workload().ceiling(), "null", figure.key());
        return "| "
                + String.join(
                        " | ",
                        figure.title(),
                        text(ternMq),
                        text(rocketMq),
                        ratio(ternMq / rocketMq),
                        figure.target().toString(),
                        text(ceiling),
                        met(figure.target(), ternMq, rocketMq, ceiling))
                + " |";
    }

    private double of(Figure figure, String contender) {
        return results.median(figure.workload(), contender, figure.key());
    }

    private static String met(Target target, double ternMq, double rocketMq, double ceiling) {
        if (Double.isNaN(ternMq) || (Double.isNaN(rocketMq) && !target.isAbsolute())) {
            return "";
        }
        return target.isMet(ternMq, rocketMq, ceiling) ? "yes" : "no";
    }

    private static String ratio(double ratio) {
        return Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f ×", ratio);
    }

    private static String text(double number) {
        if (Double.isNaN(number)) {
            return "";
        }
        return String.format(Locale.ROOT, number >= 100 ? "%,.0f" : number >= 10 ? "%.1f" : "%.2f", number);
    }
}
