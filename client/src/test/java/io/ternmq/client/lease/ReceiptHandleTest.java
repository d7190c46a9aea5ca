package io.ternmq.client.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.protocol.remoting.ReceiptHandle;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.rocketmq.remoting.protocol.header.ExtraInfoUtil;
import org.junit.jupiter.api.Test;

class ReceiptHandleTest {

    @Property(tries = 200)
    void theTextIsTheOneOfRocketMqsClient(
            @ForAll @LongRange(min = 0) long offset,
            @ForAll @LongRange(min = 0) long popTimeMs,
            @ForAll @IntRange(max = 999) int number) {
        ReceiptHandle handle = new ReceiptHandle(offset, popTimeMs, 30_000, number, '0', "broker-a", number, offset);
        String theirs =
                ExtraInfoUtil.buildExtraInfo(offset, popTimeMs, 30_000, number, "orders", "broker-a", number, offset);
        assertThat(handle.encode()).isEqualTo(theirs);
        assertThat(ReceiptHandle.parse(theirs)).isEqualTo(handle);
    }

    @Test
    void queuesOfRetryTopicsAreMarkedAndNamedAsRocketMqDoes() {
        for (String retryTopic : new String[] {"%RETRY%billing_orders", "%RETRY%billing+orders"}) {
            String theirs = ExtraInfoUtil.buildExtraInfo(1, 2, 3, 4, retryTopic, "b", 5, 6);
            ReceiptHandle handle = ReceiptHandle.parse(theirs);
            assertThat(handle.mark()).isEqualTo(RetryTopics.markOf(retryTopic));
            assertThat(RetryTopics.realTopic(handle.mark(), "orders", "billing"))
                    .isEqualTo(ExtraInfoUtil.getRealTopic(theirs.split(" "), "orders", "billing"))
                    .isEqualTo(retryTopic);
        }
    }

    @Test
    void aTextThatIsNoHandleIsRefused() {
        assertThat(ReceiptHandle.parse("1 2 3")).isNull();
    }

    @Test
    void offsetsOfQueuesAndCountsOfMessagesAreFound() {
        StringBuilder starts = new StringBuilder();
        ExtraInfoUtil.buildStartOffsetInfo(starts, "orders", 2, 17);
        ExtraInfoUtil.buildStartOffsetInfo(starts, "%RETRY%g_orders", 0, 4);
        StringBuilder counts = new StringBuilder();
        ExtraInfoUtil.buildQueueOffsetOrderCountInfo(counts, "orders", 2, 18, 3);
        OffsetTable table = OffsetTable.parse(starts.toString());
        assertThat(table.ofQueue('0', 2)).hasValue(17);
        assertThat(table.ofQueue('1', 0)).hasValue(4);
        assertThat(table.ofQueue('0', 0)).isEmpty();
        assertThat(OffsetTable.parse(counts.toString()).ofMessage('0', 2, 18)).hasValue(3);
        assertThat(OffsetTable.parse(null).ofQueue('0', 0)).isEmpty();
    }

    @Test
    void theShortestClassicDelayThatIsLongEnoughIsTaken() {
        assertThat(DelayLevels.of(Duration.ZERO)).isEqualTo(1);
        assertThat(DelayLevels.of(Duration.ofSeconds(10))).isEqualTo(3);
        assertThat(DelayLevels.of(Duration.ofSeconds(11))).isEqualTo(4);
        assertThat(DelayLevels.of(Duration.ofDays(1))).isEqualTo(18);
    }
}
