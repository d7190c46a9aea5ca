package io.ternmq.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples run, and the README shows them as they are. */
@Timeout(60) // they wait for what they show
class ExamplesTest {

    private static final Path ROOT = Path.of("..");

    @TempDir
    Path folder;

    @Test
    void ordersAreCharged() throws Exception {
        assertThat(printed(() -> Orders.main(new String[] {"file:" + folder.resolve("data")})))
                .contains("charged 42: two books");
    }

    @Test
    void paymentsAreQuotedAndPrinted() throws Exception {
        assertThat(printed(() -> Payments.main(new String[] {"mem:"})))
                .contains("two books: 19.80", "printed 42", "booked 19.80 for 42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void everyBlockOfJavaWithTheQueueInTheReadmeIsPartOfAnExample(String readme) throws IOException {
        List<String> shown = javaBlocks(ROOT.resolve(readme));
        assertThat(shown).as("blocks shown").hasSizeGreaterThan(2);
        List<String> examples = examples();
        assertThat(shown).allSatisfy(block -> assertThat(examples).anyMatch(example -> example.contains(block)));
    }

    /** Those that show this API; others show other clients. */
    private static List<String> javaBlocks(Path readme) throws IOException {
        List<String> blocks = new ArrayList<>();
        for (String block : Files.readString(readme).split("```java\n", -1)) {
            String code = block.substring(0, Math.max(0, block.indexOf("```")));
            if (code.contains("mq.")) {
                blocks.add(withoutIndent(code));
            }
        }
        return blocks;
    }

    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                examples.add(withoutIndent(Files.readString(file)));
            }
        }
        return examples;
    }

    /** Code as it is wherever it stands. */
    private static String withoutIndent(String code) {
        return code.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    @FunctionalInterface
    private interface Example {
        void run() throws Exception;
    }

    private static String printed(Example example) throws Exception {
        PrintStream terminal = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            example.run();
        } finally {
            System.setOut(terminal);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
