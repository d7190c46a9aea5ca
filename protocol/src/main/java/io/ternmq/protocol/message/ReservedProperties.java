package io.ternmq.protocol.message;

import static io.ternmq.protocol.message.PropertyNames.*;

import java.util.Set;

/** The names of properties that mean something to brokers and clients. Applications cannot use them, and do not see them. */
public final class ReservedProperties {

    private static final String TRANSIENT_PREFIX = "__RMQ.TRANSIENT.";

    private static final Set<String> ALL = Set.of(
            KEYS,
            TAGS,
            UNIQUE_KEY,
            WAIT_STORED,
            DELAY_LEVEL,
            RETRY_TOPIC,
            REAL_TOPIC,
            REAL_QUEUE_ID,
            TRANSACTION_PREPARED,
            TRANSACTION_ID,
            TRANSACTION_CHECK_TIMES,
            "TRAN_PREPARED_QUEUE_OFFSET",
            CHECK_IMMUNITY_SECONDS,
            PRODUCER_GROUP,
            ORIGIN_MESSAGE_ID,
            "ORIGIN_GROUP",
            DEAD_LETTER_ORIGIN_TOPIC,
            DEAD_LETTER_ORIGIN_MESSAGE_ID,
            RECONSUME_TIME,
            MAX_RECONSUME_TIMES,
            MSG_REGION,
            TRACE_ON,
            TRACE_CONTEXT,
            CLUSTER,
            INNER_NUM,
            "INNER_BASE",
            "INNER_MULTI_DISPATCH",
            "INNER_MULTI_QUEUE_OFFSET",
            SHARDING_KEY,
            TIMER_DELIVER_MS,
            TIMER_DELAY_SECONDS,
            TIMER_DELAY_MS,
            TIMER_OUT_MS,
            "TIMER_ENQUEUE_MS",
            "TIMER_DEQUEUE_MS",
            "TIMER_ROLL_TIMES",
            "TIMER_ROLL_LABEL",
            "TIMER_DEL_UNIQKEY",
            "TIMER_DELAY_LEVEL",
            FIRST_POP_TIME,
            REPLY_TO_CLIENT,
            MESSAGE_TYPE,
            PUSH_REPLY_TIME,
            POP_CHECK,
            "POP_CK_OFFSET",
            LANE,
            PRIORITY,
            CORRELATION_ID,
            TTL,
            REPLY_ARRIVED,
            "MIN_OFFSET",
            "MAX_OFFSET",
            "BUYER_ID",
            "TRANSFER_FLAG",
            "CORRECTION_FLAG",
            "MQ2_FLAG",
            "EXTEND_UNIQ_INFO",
            "CONSUME_START_TIME",
            "DUP_INFO",
            "INSTANCE_ID",
            "PROPERTY_FORWARD_QUEUE_ID",
            "REDIRECT",
            "E_T",
            "__LITE_TOPIC",
            BORN_HOST,
            "BORN_TIMESTAMP",
            "__CRC32#");

    private ReservedProperties() {}

    /**
     * Whether a name is taken.
     *
     * @param name of a property
     * @return true when applications cannot use it
     */
    public static boolean contains(String name) {
        return ALL.contains(name) || name.startsWith(TRANSIENT_PREFIX);
    }
}
