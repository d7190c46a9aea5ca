package io.ternmq.broker.filter;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;

/** Whatever text comes: an expression that looks at any properties without a fault, or a refusal that says why. */
class SqlFilterFuzzTest {
    private static final String[] WORDS = {
        "a",
        "price",
        "'x'",
        "'%_'",
        "1",
        "-2.5E3",
        "0x1F",
        "NULL",
        "TRUE",
        "false",
        "AND",
        "or",
        "NOT",
        "IN",
        "(",
        ")",
        ",",
        "=",
        "<>",
        ">=",
        "<",
        "BETWEEN",
        "IS",
        "LIKE",
        "ESCAPE",
        "CONTAINS",
        "STARTSWITH",
        "ENDSWITH",
        "+",
        "-",
        "'",
        "\"",
        "\u0001",
        "\u4e16"
    };

    @FuzzTest(maxDuration = "1m")
    void expressionsFromOutside(byte[] bytes) {
        int half = bytes.length / 2;
        compileAndMatch(
                new String(bytes, 0, half, StandardCharsets.UTF_8), Arrays.copyOfRange(bytes, half, bytes.length));
    }

    @Property
    void anyText(@ForAll String expression, @ForAll @Size(max = 100) byte[] properties) {
        compileAndMatch(expression, properties);
    }

    @Property(tries = 5000)
    void anyWords(@ForAll("words") String expression, @ForAll @Size(max = 50) byte[] properties) {
        compileAndMatch(expression, properties);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of(WORDS).list().ofMaxSize(20).map(words -> String.join(" ", words));
    }

    private static void compileAndMatch(String expression, byte[] properties) {
        try {
            RecordMatcher matcher = SqlFilter.compile(expression).matcher();
            boolean unused = matcher.matchesProperties(new UnsafeBuffer(properties), 0, properties.length);
        } catch (BadFilterException expected) {
            // the typed refusal
        }
    }
}
