package io.ternmq.remoting.body;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever bytes come: a body, or a typed refusal. */
class BodiesFuzzTest {
    private static final String HEARTBEAT =
            "{\"clientID\":\"me\",\"consumerDataSet\":[{\"consumeType\":\"CONSUME_PASSIVELY\",\"groupName\":\"g\","
                    + "\"subscriptionDataSet\":[{\"subString\":\"a||b\",\"subVersion\":1,\"topic\":\"t\"}]}],"
                    + "\"producerDataSet\":[{\"groupName\":\"p\"}]}";

    private static final List<String> SMALLER = List.of(
            "{\"consumerGroup\":\"g\",\"clientId\":\"me\",\"mqSet\":[{\"brokerName\":\"b\",\"queueId\":3,\"topic\":\"t\"}]}",
            "{\"brokerName\":\"b\",\"acks\":[{\"c\":\"g\",\"t\":\"t\",\"r\":\"1\",\"so\":9,\"q\":2,\"rq\":0,\"pt\":17,\"it\":60,"
                    + "\"b\":\"BQ==\"}]}",
            "{\"topic\":\"t\",\"consumerGroup\":\"g\",\"clientId\":\"me\",\"strategyName\":\"AVG\",\"messageModel\":"
                    + "\"CLUSTERING\"}",
            "{\"topic\":\"t\",\"consumerGroup\":\"g\",\"mode\":\"POP\",\"popShareQueueNum\":2}");

    private static final List<Consumer<ByteBuf>> PARSERS = List.of(
            HeartbeatBody::parse,
            ClientCheckBody::parse,
            GroupRow::parse,
            GroupRow::parseList,
            TopicRow::parseList,
            LockBody::parse,
            BatchAcknowledgeBody::parse,
            AssignmentBody::parse,
            RequestModeBody::parse);

    @FuzzTest(maxDuration = "1m")
    void bodiesFromOutside(byte[] bytes) {
        parse(bytes);
    }

    @FuzzTest(maxDuration = "1m")
    void answersOfMembersFromOutside(byte[] bytes) {
        cut(new String(bytes, StandardCharsets.UTF_8));
    }

    @Property
    void anyBytes(@ForAll @Size(max = 200) byte[] bytes) {
        parse(bytes);
        cut("{\"messageQueueTable\":" + new String(bytes, StandardCharsets.UTF_8));
    }

    @Property(tries = 3000)
    void aDamagedHeartbeat(@ForAll @IntRange(max = 10_000) int at, @ForAll byte value) {
        byte[] bytes = HEARTBEAT.getBytes(StandardCharsets.UTF_8);
        bytes[at % bytes.length] = value;
        parse(bytes);
    }

    @Property(tries = 3000)
    void aDamagedBody(
            @ForAll @IntRange(max = 3) int which, @ForAll @IntRange(max = 10_000) int at, @ForAll byte value) {
        byte[] bytes = SMALLER.get(which).getBytes(StandardCharsets.UTF_8);
        bytes[at % bytes.length] = value;
        parse(bytes);
    }

    private static void parse(byte[] bytes) {
        for (Consumer<ByteBuf> parser : PARSERS) {
            try {
                parser.accept(Unpooled.wrappedBuffer(bytes));
            } catch (BodyFormatException expected) {
                // the typed refusal
            }
        }
    }

    private static void cut(String answer) {
        try {
            ConsumerStatusBody.tableOf(answer);
        } catch (BodyFormatException expected) {
            // the typed refusal
        }
    }
}
