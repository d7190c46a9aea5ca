package io.ternmq.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicTemplateTest {
    private final Catalog catalog = new Catalog();

    @ParameterizedTest
    @CsvSource({"4, 4", "8, 8", "16, 8", "0, 1", "-3, 1"})
    void aNewTopicGetsWhatWasAskedForUpToWhatItsModelHas(int asked, int given) {
        publish("TBW102", 8, Permission.ALL);

        TopicConfig made = TopicTemplate.derive(catalog, "orders", "TBW102", asked);

        assertThat(made.readQueues()).isEqualTo(given);
        assertThat(made.writeQueues()).isEqualTo(given);
        assertThat(made.permission()).isEqualTo(Permission.READ | Permission.WRITE);
    }

    @Test
    void aModelThatIsNotThereOrMayNotBeInheritedFromMakesNothing() {
        publish("plain", 8, Permission.READ | Permission.WRITE);

        assertThat(TopicTemplate.derive(catalog, "orders", "TBW102", 4)).isNull();
        assertThat(TopicTemplate.derive(catalog, "orders", "plain", 4)).isNull();
    }

    @Test
    void aNameThatNoTopicCanHaveIsRefused() {
        assertThatThrownBy(() -> TopicTemplate.derive(catalog, "a b", "TBW102", 4))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGroupsOwnTopicsAreMadeForIt() {
        GroupConfig group = new GroupConfig("g", true, true, false, 3, 16, true, Map.of(), RetryPolicy.CLASSIC);

        assertThat(TopicTemplate.retryTopic(group).name()).isEqualTo("%RETRY%g");
        assertThat(TopicTemplate.retryTopic(group).readQueues()).isEqualTo(3);
        assertThat(TopicTemplate.deadLetterTopic("g").name()).isEqualTo("%DLQ%g");
        assertThat(TopicTemplate.deadLetterTopic("g").writeQueues()).isEqualTo(1);
    }

    private void publish(String name, int queues, int permission) {
        TopicConfig config = new TopicConfig(name, queues, queues, permission, false, Map.of());
        catalog.publishTopic(name, new Topic(config, new int[queues]));
    }
}
