package io.ternmq.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagExpressionTest {

    @Test
    void readsTagsBetweenDoubleBars() {
        TagExpression tags = TagExpression.of(" paid || refunded||paid ");
        assertThat(tags.text()).isEqualTo("paid||refunded");
        assertThat(tags.tags()).containsExactly("paid", "refunded");
        assertThat(tags.hashes()).containsExactly("paid".hashCode(), "refunded".hashCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", " ", "||", "a || *"})
    void takesEverythingWithoutTags(String text) {
        assertThat(TagExpression.of(text)).isEqualTo(TagExpression.ALL);
    }
}
