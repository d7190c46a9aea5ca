package io.ternmq.client.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.Filter;
import io.ternmq.StartAt;
import io.ternmq.engine.MemberTerms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.remoting.protocol.heartbeat.ConsumeType;
import org.apache.rocketmq.remoting.protocol.heartbeat.ConsumerData;
import org.apache.rocketmq.remoting.protocol.heartbeat.HeartbeatData;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.apache.rocketmq.remoting.protocol.heartbeat.SubscriptionData;
import org.junit.jupiter.api.Test;

class HeartbeatBodyTest {

    @Test
    void rocketMqReadsWhoWeAre() {
        MemberTerms terms = new MemberTerms(
                "billing",
                MemberTerms.Mode.LEASED,
                Map.of("orders", Filter.tags("paid", "open")),
                false,
                Optional.empty(),
                StartAt.EARLIEST);
        byte[] body = new HeartbeatBody("me", List.of("producers"), List.of(terms), 7).toBytes();

        HeartbeatData read = HeartbeatData.decode(body, HeartbeatData.class);
        assertThat(read.getClientID()).isEqualTo("me");
        assertThat(read.getProducerDataSet())
                .singleElement()
                .satisfies(p -> assertThat(p.getGroupName()).isEqualTo("producers"));
        ConsumerData consumer = read.getConsumerDataSet().iterator().next();
        assertThat(consumer.getGroupName()).isEqualTo("billing");
        assertThat(consumer.getConsumeType()).isEqualTo(ConsumeType.CONSUME_POP);
        assertThat(consumer.getMessageModel()).isEqualTo(MessageModel.CLUSTERING);
        assertThat(consumer.getConsumeFromWhere()).isEqualTo(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        SubscriptionData subscription =
                consumer.getSubscriptionDataSet().iterator().next();
        assertThat(subscription.getTopic()).isEqualTo("orders");
        assertThat(subscription.getTagsSet()).containsExactlyInAnyOrder("paid", "open");
        assertThat(subscription.getCodeSet()).containsExactlyInAnyOrder("paid".hashCode(), "open".hashCode());
        assertThat(subscription.getSubVersion()).isEqualTo(7);
    }
}
