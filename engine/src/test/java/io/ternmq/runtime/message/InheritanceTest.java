package io.ternmq.runtime.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.Message;
import io.ternmq.Partition;
import io.ternmq.ReceivedMessage;
import io.ternmq.engine.StoredMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InheritanceTest {

    private static final Message SENT = Message.to("next");
    private static final Map<String, String> ONE = Map.of("traceparent", "00-1-1-01", "tracestate", "a=1");
    private static final Map<String, String> OTHER = Map.of("traceparent", "00-2-2-01", "tracestate", "a=1");

    private final Inheritance inheritance = new Inheritance();

    @Test
    void whatIsHandledPassesItsLaneAndItsTraceOn() {
        inheritance.begin(List.of(message("v2", ONE)));
        Message heir = inheritance.inherited(SENT);
        assertThat(heir.lane()).contains("v2");
        assertThat(heir.properties()).isEqualTo(ONE);
        inheritance.end();
        assertThat(inheritance.inherited(SENT)).isSameAs(SENT);
    }

    @Test
    void whatAllOfABatchHaveIsPassedOn() {
        inheritance.begin(List.of(message("v2", ONE), message("v2", ONE)));
        Message heir = inheritance.inherited(SENT);
        assertThat(heir.lane()).contains("v2");
        assertThat(heir.properties()).isEqualTo(ONE);
    }

    @Test
    void nothingIsPassedOnThatIsTrueOfSomeOnly() {
        inheritance.begin(List.of(message("v2", ONE), message("", OTHER)));
        Message heir = inheritance.inherited(SENT);
        assertThat(heir.lane()).isEmpty();
        assertThat(heir.properties()).isEmpty();
    }

    @Test
    void laneAndTraceAreJudgedEachForItself() {
        inheritance.begin(List.of(message("v2", ONE), message("v2", OTHER)));
        assertThat(inheritance.inherited(SENT).lane()).contains("v2");
        assertThat(inheritance.inherited(SENT).properties()).isEmpty();
        inheritance.begin(List.of(message("v2", ONE), message("v3", ONE)));
        assertThat(inheritance.inherited(SENT).lane()).isEmpty();
        assertThat(inheritance.inherited(SENT).properties()).isEqualTo(ONE);
    }

    @Test
    void whatAMessageSaysItselfCountsMore() {
        inheritance.begin(List.of(message("v2", ONE)));
        Message heir = inheritance.inherited(SENT.lane("v3").property("traceparent", "00-3-3-01"));
        assertThat(heir.lane()).contains("v3");
        assertThat(heir.properties()).isEqualTo(Map.of("traceparent", "00-3-3-01"));
    }

    private static ReceivedMessage message(String lane, Map<String, String> properties) {
        StoredMessage.Marks marks = new StoredMessage.Marks(
                List.of(), Optional.empty(), Optional.empty(), Optional.of(lane).filter(name -> !name.isEmpty()), 0);
        StoredMessage stored = new StoredMessage(
                new Partition("orders", "a", 0),
                0,
                "id",
                new byte[0],
                marks,
                properties,
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                "origin");
        return new Received(stored, new Converters(List.of()));
    }
}
