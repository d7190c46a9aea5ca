package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.GROUP;
import static io.ternmq.grpc.GrpcFixture.TOPIC;
import static io.ternmq.grpc.GrpcFixture.resource;
import static io.ternmq.grpc.GrpcFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.CustomizedBackoff;
import apache.rocketmq.v2.ExponentialBackoff;
import apache.rocketmq.v2.FilterExpression;
import apache.rocketmq.v2.FilterType;
import apache.rocketmq.v2.Metric;
import apache.rocketmq.v2.Publishing;
import apache.rocketmq.v2.RetryPolicy;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.Subscription;
import apache.rocketmq.v2.SubscriptionEntry;
import apache.rocketmq.v2.TelemetryCommand;
import com.google.protobuf.Duration;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of what clients are told before they start. */
class SettingsTest {
    /** RocketMQ's 18 delay levels, in seconds. */
    private static final long[] CLASSIC_SECONDS = {
        1, 5, 10, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 1_200, 1_800, 3_600, 7_200
    };

    private GrpcFixture fixture;

    @BeforeEach
    void start(@TempDir Path folder) {
        fixture = new GrpcFixture(folder);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Settings told(Settings own) {
        TelemetryCommand answer =
                new TelemetryClient(fixture.channel(), "c1", own).await(1).get(0);
        assertThat(answer.getStatus().getCode()).isEqualTo(Code.OK);
        return answer.getSettings();
    }

    private static Duration millis(int ms) {
        return Duration.newBuilder().setNanos(ms * 1_000_000).build();
    }

    @Test
    void aProducer() {
        Settings own = Settings.newBuilder()
                .setClientType(ClientType.PRODUCER)
                .setRequestTimeout(seconds(3))
                .setPublishing(Publishing.newBuilder().addTopics(resource(TOPIC)))
                .build();

        assertThat(told(own))
                .isEqualTo(own.toBuilder()
                        .setMetric(Metric.newBuilder().setOn(false))
                        .setBackoffPolicy(RetryPolicy.newBuilder()
                                .setMaxAttempts(3)
                                .setExponentialBackoff(ExponentialBackoff.newBuilder()
                                        .setInitial(millis(10))
                                        .setMax(seconds(1))
                                        .setMultiplier(2)))
                        .setPublishing(Publishing.newBuilder()
                                .addTopics(resource(TOPIC))
                                .setMaxBodySize(4 * 1024 * 1024)
                                .setValidateMessageType(true))
                        .build());
    }

    @Test
    void aConsumer() {
        SubscriptionEntry entry = SubscriptionEntry.newBuilder()
                .setTopic(resource(TOPIC))
                .setExpression(
                        FilterExpression.newBuilder().setType(FilterType.TAG).setExpression("paid"))
                .build();
        Subscription wanted = Subscription.newBuilder()
                .setGroup(resource(GROUP))
                .addSubscriptions(entry)
                .build();
        Settings own = Settings.newBuilder()
                .setClientType(ClientType.SIMPLE_CONSUMER)
                .setRequestTimeout(seconds(3))
                .setSubscription(wanted)
                .build();
        CustomizedBackoff.Builder classic = CustomizedBackoff.newBuilder();
        LongStream.of(CLASSIC_SECONDS).forEach(delay -> classic.addNext(seconds(delay)));

        assertThat(told(own))
                .isEqualTo(own.toBuilder()
                        .setMetric(Metric.newBuilder().setOn(false))
                        .setBackoffPolicy(
                                RetryPolicy.newBuilder().setMaxAttempts(4).setCustomizedBackoff(classic))
                        .setSubscription(wanted.toBuilder()
                                .setFifo(false)
                                .setReceiveBatchSize(32)
                                .setLongPollingTimeout(seconds(20)))
                        .build());
    }
}
