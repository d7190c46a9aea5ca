package io.ternmq.broker.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.protocol.message.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFilterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a = 5                 | a=5     | true
            a = 5                 | a=6     | false
            a = 5                 | a=+5    | true
            5 = a                 | a=5     | true
            a <> 5                | a=6     | true
            a > 5                 | a=6     | true
            a > 5                 | a=5     | false
            a >= 5                | a=5     | true
            a < 5                 | a=-7    | true
            a <= -5               | a=-5    | true
            5 < a                 | a=6     | true
            5 >= a                | a=6     | false
            a > -(5)              | a=0     | true
            a > +5                | a=6     | true
            a > 5L                | a=6     | true
            a = 0                 | a=0     | true
            a > 3000000000        | a=3000000001 | true
            a > 5                 | a=3000000000 | true
            a < 9223372036854775807 | a=-9223372036854775808 | true
            """)
    void comparesPropertiesWithWholeNumbers(String expression, String properties, boolean expected) {
        assertThat(matches(expression, properties)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a > 3.14              | a=3.1415  | true
            a > 3.14              | a=3       | false
            a = 5.0               | a=5       | true
            a > .5                | a=0.75    | true
            a > 5.                | a=6       | true
            a > 3.1E10            | a=3.1415E10 | true
            a < 1e-3              | a=0.0001  | true
            -2.5 < a              | a=-2      | true
            a > 0.0               | a=1       | true
            """)
    void comparesPropertiesWithDecimals(String expression, String properties, boolean expected) {
        assertThat(matches(expression, properties)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a > 5                 | a=x
            a > 5                 | a=5.5
            a > 5                 | a=6x
            a > 5                 | a=-
            a > 5                 | a=9223372036854775808
            a < 5                 | a=-9223372036854775809
            a > 5.5               | a=1.2.3
            a > 5.5               | a=NaN
            a > b                 | a=2,b=x
            NOT (a > 5)           | a=x
            a <> 5                | a=x
            a > 5 OR b = 'x'      | a=x,b=x
            b = 'x' AND a <> 5    | a=x,b=x
            """)
    void whatIsNoNumberDoesNotMatchNotEvenNegated(String expression, String properties) {
        assertThat(matches(expression, properties)).isFalse();
    }

    @Test
    void whatHasSettledTheMatterBeforeANumberIsNeededCounts() {
        assertThat(matches("b = 'x' OR a > 5", "a=x,b=x")).isTrue();
        assertThat(matches("NOT (b = 'y' AND a > 5)", "a=x,b=x")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a = 'red'             | a=red     | true
            a = 'red'             | a=Red     | false
            a = 'red'             | a=redder  | false
            a <> 'red'            | a=blue    | true
            'red' = a             | a=red     | true
            a = 'it''s'           | a=it's    | true
            a = '蓝色'            | a=蓝色    | true
            a = b                 | a=1,b=1   | true
            a = b                 | a=1,b=1.0 | false
            a <> b                | a=1,b=2   | true
            a > b                 | a=10,b=9  | true
            a > b                 | a=10,b=20 | false
            'x' = 'x'             | a=1       | true
            1 < 2                 | a=1       | true
            1 > 2.5               | a=1       | false
            """)
    void comparesTextsAndProperties(String expression, String properties, boolean expected) {
        assertThat(matches(expression, properties)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a = TRUE              | a=true    | true
            a = true              | a=TRUE    | true
            a = TRUE              | a=yes     | false
            a = FALSE             | a=yes     | true
            a <> TRUE             | a=false   | true
            TRUE                  | a=1       | true
            FALSE                 | a=1       | false
            NOT FALSE             | a=1       | true
            (a > 1) = TRUE        | a=2       | true
            (a > 1) = (b > 1)     | a=2,b=0   | false
            a                     | a=true    | false
            """)
    void knowsTrueAndFalse(String expression, String properties, boolean expected) {
        assertThat(matches(expression, properties)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a IS NULL             | b=1       | true
            a IS NULL             | a=1       | false
            a IS NOT NULL         | a=1       | true
            a is not null         | b=1       | false
            (a > 1) IS NULL       | b=1       | true
            NULL IS NULL          | b=1       | true
            'x' IS NULL           | b=1       | false
            a = 5                 | b=1       | false
            a <> 5                | b=1       | false
            NOT (a = 5)           | b=1       | false
            a = b                 | b=1       | false
            a > 5 OR b = 1        | b=1       | true
            a > 5 AND b = 1       | b=1       | false
            NOT (a > 5 AND b = 2) | b=1       | true
            """)
    void whatIsMissingIsNeitherTrueNorFalse(String expression, String properties, boolean expected) {
        assertThat(matches(expression, properties)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a BETWEEN 1 AND 5               | a=1   | true
            a BETWEEN 1 AND 5               | a=5   | true
            a between 1 and 5               | a=6   | false
            a NOT BETWEEN 1 AND 5           | a=6   | true
            a NOT BETWEEN 1 AND 5           | a=3   | false
            a BETWEEN 1 AND 5 AND b = 'x'   | a=3,b=x | true
            a BETWEEN low AND high          | a=3.14,low=3,high=4 | true
            a BETWEEN 1 AND 5               | a=x   | false
            a NOT BETWEEN 1 AND 5           | a=x   | false
            a BETWEEN 1 AND 5               | b=3   | false
            a IN ('x', 'y')                 | a=y   | true
            a IN ('x', 'y')                 | a=z   | false
            a NOT IN ('x', 'y')             | a=z   | true
            a NOT IN ('x', 'y')             | b=z   | false
            a in ('4', '4', '5')            | a=4   | true
            TAGS IS NOT NULL AND TAGS IN ('TagA', 'TagB') | TAGS=TagB | true
            """)
    void knowsRangesAndLists(String expression, String properties, boolean expected) {
        assertThat(matches(expression, properties)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a CONTAINS 'x'          | a=axb    | true
            a contains 'abab'       | a=ababbabab | true
            a CONTAINS 'aab'        | a=aaaab  | true
            a CONTAINS 'ba'         | a=ab     | false
            a STARTSWITH 'ax'       | a=axb    | true
            a STARTSWITH 'xb'       | a=axb    | false
            a ENDSWITH 'xb'         | a=axb    | true
            a ENDSWITH 'ax'         | a=axb    | false
            a ENDSWITH 'longer'     | a=axb    | false
            a NOT CONTAINS 'y'      | a=axb    | true
            a NOT STARTSWITH 'ax'   | a=axb    | false
            a NOT ENDSWITH 'y'      | a=axb    | true
            a NOT CONTAINS 'y'      | b=1      | false
            a CONTAINS ''           | a=axb    | false
            a NOT CONTAINS ''       | a=axb    | false
            'axb' CONTAINS 'x'      | b=1      | true
            'axb' NOT ENDSWITH 'x'  | b=1      | true
            'axb' STARTSWITH ''     | b=1      | false
            """)
    void looksForTextInText(String expression, String properties, boolean expected) {
        assertThat(matches(expression, properties)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a = 1 OR a = 2 AND b = 3                 | a=1,b=9 | true
            (a = 1 OR a = 2) AND b = 3               | a=1,b=9 | false
            a=1 and/* why not */b<>4--the rest       | a=1,b=3 | true
            _x$1 = 1                                 | _x$1=1  | true
            A = 1                                    | a=1     | false
            """)
    void readsWordsInAnyCaseNamesAsTheyAreAndSkipsComments(String expression, String properties, boolean expected) {
        assertThat(matches(expression, properties)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                         | the end at 1 (expected: a property
            a AND BETWEEN 2 AND 10     | 'BETWEEN' at 7 (expected: a property
            a =                        | the end at 4
            a = 5 5                    | '5' at 7 (expected: an operator, AND, OR or the end)
            a BETWEEN 10 AND 0         | from the number 10 to the number 0 (expected: the smaller one first)
            a BETWEEN 1 OR 2           | 'OR' at 13 (expected: AND between
            a > 'x'                    | the property a and the text 'x' compared by > at 3
            a > TRUE                   | compared by > at 3
            a = NULL                   | IS NULL for NULL
            5 = 'x'                    | compared by = at 3
            NOT a = 1                  | a condition and the number 1 compared by = at 7
            (a > 1) > 2                | compared by > at 9
            5                          | the number 5 at 1 is neither true nor false
            NULL                       | NULL at 1 is neither true nor false
            a = 1 AND 'x'              | the text 'x' at 11 is neither true nor false
            a CONTAINS x               | 'x' at 12 (expected: a text in quotes)
            a CONTAINS                 | the end at 11 (expected: a text in quotes)
            a IN (1, 2)                | '1' at 7 (expected: a text in quotes: IN compares texts)
            a IN ('x' 'y')             | the text 'y' at 11 (expected: ')')
            5 IN ('x')                 | the number 5 before IN at 3 (expected: a property)
            5 CONTAINS 'x'             | the number 5 before CONTAINS at 3
            a IS 5                     | '5' at 6 (expected: NULL or NOT NULL behind IS)
            -a > 5                     | the property a behind the sign at 1 (expected: a number)
            a > 9223372036854775808    | is too large
            a > 1E999                  | is too large
            a > 1E                     | has no exponent
            a = 'x                     | the text at 5 does not end
            a LIKE 'x%'                | 'LIKE' at 3 (expected: an operator
            a % 2 = 0                  | '%' at 3
            a = 5; DROP                | ';' at 6
            (a = 5                     | the end at 7 (expected: ')')
            """)
    void saysWhereAndWhyAnExpressionCannotBeUnderstood(String expression, String reason) {
        assertThatThrownBy(() -> SqlFilter.compile(expression == null ? "" : expression))
                .isInstanceOf(BadFilterException.class)
                .hasMessageStartingWith("SQL92 expression: ")
                .hasMessageContaining(reason);
    }

    @Test
    void anExpressionIsBoundedInLengthAndDepth() {
        String longest = "a = '" + "x".repeat(SqlFilter.LENGTH_MAX - 6) + "'";
        String deepest = "(".repeat(Parser.NESTING_MAX - 1) + "a = 1" + ")".repeat(Parser.NESTING_MAX - 1);

        assertThat(SqlFilter.compile(longest)).isNotNull();
        assertThatThrownBy(() -> SqlFilter.compile(longest + " ")).hasMessageContaining("at most 4096");
        assertThat(matches(deepest, "a=1")).isTrue();
        assertThatThrownBy(() -> SqlFilter.compile("(" + deepest + ")")).hasMessageContaining("at most 64");
        assertThat(matches("a=1" + " AND a=1".repeat(500), "a=1")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a contains '", "a endswith '"})
    void aSearchTakesTimeByTheBytesAloneHoweverTheyRepeat(String begin) {
        String nearly = "x".repeat(2_000);
        SqlFilter filter = SqlFilter.compile(begin + nearly + "y'");
        UnsafeBuffer properties = properties(Map.of("a", "x".repeat(30_000)));
        RecordMatcher matcher = filter.matcher();
        for (int i = 0; i < 1_000; i++) { // a product of both lengths would take minutes
            assertThat(matcher.matchesProperties(properties, 0, properties.capacity()))
                    .isFalse();
        }
    }

    @Test
    void oneMatcherLooksAtOneMessageAfterTheOther() {
        RecordMatcher matcher = SqlFilter.compile("a = 1 AND b IS NULL").matcher();
        UnsafeBuffer first = properties(Map.of("a", "1", "b", "2"));
        UnsafeBuffer second = properties(Map.of("a", "1"));

        assertThat(matcher.matchesProperties(first, 0, first.capacity())).isFalse();
        assertThat(matcher.matchesProperties(second, 0, second.capacity())).isTrue();
        assertThat(matcher.matchesProperties(second, 0, 0)).isFalse();
    }

    @Test
    void ofTwoPropertiesWithOneNameTheLaterCounts() {
        byte[] bytes = "a\u00011\u0002a\u00012\u0002".getBytes(StandardCharsets.UTF_8);

        assertThat(SqlFilter.compile("a = 2").matcher().matchesProperties(new UnsafeBuffer(bytes), 0, bytes.length))
                .isTrue();
    }

    private static boolean matches(String expression, String namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String property : namesAndValues.split(",", -1)) {
            values.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
        }
        UnsafeBuffer properties = properties(values);
        return SqlFilter.compile(expression).matcher().matchesProperties(properties, 0, properties.capacity());
    }

    private static UnsafeBuffer properties(Map<String, String> values) {
        return new UnsafeBuffer(MessageProperties.format(values));
    }
}
