package io.ternmq.client.send;

import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.RequestWriter;

/** Writes the header of a send: fields of one letter, in the order in which RocketMQ names them. */
final class SendFields {

    private static final byte[] NONE = {};

    private SendFields() {}

    static RequestWriter write(RequestWriter out, int code, SendTerms terms, Draft draft) {
        return write(out, code, terms, draft, draft.properties());
    }

    /** A batch has no properties of its own. */
    static RequestWriter writeBatch(RequestWriter out, int code, SendTerms terms, Draft first) {
        return write(out, code, terms, first, NONE).field("m", "true");
    }

    private static RequestWriter write(RequestWriter out, int code, SendTerms terms, Draft draft, byte[] properties) {
        return out.begin(code)
                .field("a", terms.producerGroup())
                .field("b", draft.partition().topic())
                .field("c", Routes.TEMPLATE_TOPIC)
                .field("d", Routes.NEW_TOPIC_PARTITIONS)
                .field("e", draft.partition().id())
                .field("f", draft.sysFlag())
                .field("g", draft.bornMs())
                .field("h", draft.flag())
                .field("i", properties)
                .field("j", 0)
                .field("k", "false")
                .field("n", draft.partition().broker());
    }
}
