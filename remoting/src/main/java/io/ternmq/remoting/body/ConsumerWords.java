package io.ternmq.remoting.body;

import io.ternmq.broker.member.ConsumerKind.Fetch;
import io.ternmq.broker.member.ConsumerKind.Sharing;
import io.ternmq.broker.member.ConsumerKind.Start;

/** RocketMQ's words for how a group consumes. Clients in other languages send some of them as numbers. */
final class ConsumerWords {
    private ConsumerWords() {}

    static Fetch fetch(String word) {
        return switch (word) {
            case "CONSUME_ACTIVELY", "PULL", "0" -> Fetch.PULL;
            case "CONSUME_POP", "POP", "2" -> Fetch.LEASE;
            default -> Fetch.PUSH;
        };
    }

    static String of(Fetch fetch) {
        return switch (fetch) {
            case PULL -> "CONSUME_ACTIVELY";
            case PUSH -> "CONSUME_PASSIVELY";
            case LEASE -> "CONSUME_POP";
        };
    }

    static Sharing sharing(String word) {
        return switch (word) {
            case "BROADCASTING", "0" -> Sharing.BROADCASTING;
            default -> Sharing.CLUSTERING;
        };
    }

    static String of(Sharing sharing) {
        return sharing.name();
    }

    static Start start(String word) {
        return switch (word) {
            case "CONSUME_FROM_FIRST_OFFSET" -> Start.FIRST;
            case "CONSUME_FROM_TIMESTAMP" -> Start.TIME;
            default -> Start.LAST;
        };
    }

    static String of(Start start) {
        return switch (start) {
            case LAST -> "CONSUME_FROM_LAST_OFFSET";
            case FIRST -> "CONSUME_FROM_FIRST_OFFSET";
            case TIME -> "CONSUME_FROM_TIMESTAMP";
        };
    }
}
