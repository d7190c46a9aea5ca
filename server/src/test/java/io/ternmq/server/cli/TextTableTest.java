package io.ternmq.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void putsNumbersToTheRightAndWordsToTheLeft() {
        var table = new TextTable("TOPIC", "QUEUES", "PERMISSION");
        table.row("orders", 8, "read-write");
        table.row("a", 128, "none");
        var out = new StringWriter();
        table.print(new PrintWriter(out));
        assertThat(out.toString().lines())
                .containsExactly("TOPIC   QUEUES  PERMISSION", "orders       8  read-write", "a          128  none");
    }
}
