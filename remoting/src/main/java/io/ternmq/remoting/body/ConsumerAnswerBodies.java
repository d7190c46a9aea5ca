package io.ternmq.remoting.body;

import io.ternmq.broker.access.AskedConsumer.Verdict;

/** Answers of consumers that speak another protocol, in the words of this one. */
public final class ConsumerAnswerBodies {
    private ConsumerAnswerBodies() {}

    /** @return what a running consumer says of itself: what its threads do, and nothing else */
    public static JsonBody running(String threadStack, long nowMs) {
        return json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("properties");
            json.writeStringField("PROP_CONSUME_TYPE", "CONSUME_PASSIVELY");
            json.writeStringField("PROP_CONSUMER_START_TIMESTAMP", Long.toString(nowMs));
            json.writeEndObject();
            json.writeStringField("jstack", threadStack);
            json.writeEndObject();
        };
    }

    /** @return what became of a message that a consumer was given to try */
    public static JsonBody tried(Verdict verdict) {
        return json -> {
            json.writeStartObject();
            json.writeBooleanField("order", false);
            json.writeBooleanField("autoCommit", true);
            json.writeStringField("consumeResult", verdict == Verdict.CONSUMED ? "CR_SUCCESS" : "CR_LATER");
            json.writeStringField("remark", verdict == Verdict.UNSUPPORTED ? "not supported" : "from gRPC client");
            json.writeNumberField("spentTimeMills", 0);
            json.writeEndObject();
        };
    }
}
