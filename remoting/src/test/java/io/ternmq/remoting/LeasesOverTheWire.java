package io.ternmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A consumer by lease that makes its handles as RocketMQ's clients do. */
final class LeasesOverTheWire {
    static final long INVISIBLE_MS = 30_000;

    private final BrokerFixture broker;
    private final TestClient client;
    private final String group;

    LeasesOverTheWire(BrokerFixture broker, TestClient client, String group) {
        this.broker = broker;
        this.client = client;
        this.group = group;
    }

    /** A message with the handle that a client makes for it. */
    record Held(String topic, String handle, int queueId, long offset, int reconsumeTimes, String body) {
        long popTimeMs() {
            return Long.parseLong(handle.split(" ", -1)[1]);
        }

        char mark() {
            return handle.split(" ", -1)[4].charAt(0);
        }

        Held withHandle(String newHandle) {
            return new Held(topic, newHandle, queueId, offset, reconsumeTimes, body);
        }
    }

    TestClient client() {
        return client;
    }

    /** The fields of a request that takes from any queue and does not wait. */
    Map<String, Object> fields(String topic) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("consumerGroup", group);
        fields.put("topic", topic);
        fields.put("queueId", -1);
        fields.put("maxMsgNums", 32);
        fields.put("invisibleTime", INVISIBLE_MS);
        fields.put("pollTime", 0);
        fields.put("bornTime", broker.clock.time());
        fields.put("initMode", 0);
        return fields;
    }

    /** Takes what there is. */
    List<Held> take(String topic) {
        return take(fields(topic));
    }

    List<Held> take(Map<String, Object> fields) {
        RemotingFrame answer = client.ask(RequestCode.POP_MESSAGE, fields);
        return answer.code() == ResponseCode.SUCCESS ? held(answer, (String) fields.get("topic")) : List.of();
    }

    /** What a client makes of an answer: handles out of its fields, but where a message has one. */
    static List<Held> held(RemotingFrame answer, String askedTopic) {
        Map<String, Long> starts = starts(answer.getRequired("startOffsetInfo"));
        List<Held> held = new ArrayList<>();
        for (MessageRecord record : SendAndPullTest.records(answer)) {
            String own = record.property("POP_CK");
            char mark = record.topic().startsWith("%RETRY%") ? '1' : '0';
            Long start = starts.get(mark + "@" + record.queueId());
            String handle = own != null
                    ? own
                    : start + " " + answer.getLong("popTime") + " " + answer.getLong("invisibleTime") + " "
                            + answer.getInt("reviveQid") + " " + mark + " broker-a " + record.queueId() + " "
                            + record.queueOffset();
            held.add(new Held(
                    askedTopic,
                    handle,
                    record.queueId(),
                    record.queueOffset(),
                    record.reconsumeTimes(),
                    new String(record.body(), StandardCharsets.UTF_8)));
        }
        return held;
    }

    private static Map<String, Long> starts(String text) {
        Map<String, Long> starts = new HashMap<>();
        for (String part : text.split(";", -1)) {
            String[] words = part.split(" ", -1);
            starts.put(words[0] + "@" + words[1], Long.parseLong(words[2]));
        }
        return starts;
    }

    RemotingFrame acknowledge(Held held) {
        return client.ask(RequestCode.ACK_MESSAGE, leaseFields(held));
    }

    RemotingFrame change(Held held, long invisibleMs) {
        Map<String, Object> fields = leaseFields(held);
        fields.put("invisibleTime", invisibleMs);
        return client.ask(RequestCode.CHANGE_MESSAGE_INVISIBLETIME, fields);
    }

    Map<String, Object> leaseFields(Held held) {
        String topic = held.mark() == '0' ? held.topic() : "%RETRY%" + group + "_" + held.topic();
        Map<String, Object> fields = new HashMap<>();
        fields.put("consumerGroup", group);
        fields.put("topic", topic);
        fields.put("queueId", held.queueId());
        fields.put("offset", held.offset());
        fields.put("extraInfo", held.handle());
        return fields;
    }

    static List<String> bodies(List<Held> held) {
        return held.stream().map(Held::body).toList();
    }

    static void assertDone(RemotingFrame answer) {
        assertThat(answer.code()).as(answer.remark()).isEqualTo(ResponseCode.SUCCESS);
    }
}
