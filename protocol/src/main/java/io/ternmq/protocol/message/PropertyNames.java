package io.ternmq.protocol.message;

/** The names of properties that RocketMQ clients and brokers agree on. */
public final class PropertyNames {
    public static final String KEYS = "KEYS";
    public static final String TAGS = "TAGS";
    public static final String UNIQUE_KEY = "UNIQ_KEY";
    public static final String WAIT_STORED = "WAIT";
    public static final String DELAY_LEVEL = "DELAY";
    public static final String RETRY_TOPIC = "RETRY_TOPIC";
    public static final String REAL_TOPIC = "REAL_TOPIC";
    public static final String REAL_QUEUE_ID = "REAL_QID";
    public static final String TRANSACTION_PREPARED = "TRAN_MSG";
    public static final String TRANSACTION_ID = "__transactionId__";
    public static final String TRANSACTION_CHECK_TIMES = "TRANSACTION_CHECK_TIMES";
    public static final String CHECK_IMMUNITY_SECONDS = "CHECK_IMMUNITY_TIME_IN_SECONDS";
    public static final String PRODUCER_GROUP = "PGROUP";
    public static final String ORIGIN_MESSAGE_ID = "ORIGIN_MESSAGE_ID";
    public static final String DEAD_LETTER_ORIGIN_TOPIC = "DLQ_ORIGIN_TOPIC";
    public static final String DEAD_LETTER_ORIGIN_MESSAGE_ID = "DLQ_ORIGIN_MESSAGE_ID";
    public static final String RECONSUME_TIME = "RECONSUME_TIME";
    public static final String MAX_RECONSUME_TIMES = "MAX_RECONSUME_TIMES";
    public static final String MSG_REGION = "MSG_REGION";
    public static final String TRACE_ON = "TRACE_ON";
    public static final String CLUSTER = "CLUSTER";
    public static final String INNER_NUM = "INNER_NUM";
    public static final String SHARDING_KEY = "__SHARDINGKEY";
    public static final String TIMER_DELIVER_MS = "TIMER_DELIVER_MS";
    public static final String TIMER_DELAY_SECONDS = "TIMER_DELAY_SEC";
    public static final String TIMER_DELAY_MS = "TIMER_DELAY_MS";
    public static final String TIMER_OUT_MS = "TIMER_OUT_MS";
    public static final String FIRST_POP_TIME = "1ST_POP_TIME";
    public static final String REPLY_TO_CLIENT = "REPLY_TO_CLIENT";
    public static final String MESSAGE_TYPE = "MSG_TYPE";
    public static final String PUSH_REPLY_TIME = "PUSH_REPLY_TIME";
    public static final String POP_CHECK = "POP_CK";

    /** The lane that a message was sent down: RocketMQ has no such thing, its clients pass it on as any other property. */
    public static final String LANE = "__LANE";

    /** How urgent a message is. */
    public static final String PRIORITY = "_SYS_MSG_PRIORITY_";

    /** Pairs a request with its answer. */
    public static final String CORRELATION_ID = "CORRELATION_ID";

    /** How long who asked waits for an answer, in milliseconds. */
    public static final String TTL = "TTL";

    /** When an answer came. */
    public static final String REPLY_ARRIVED = "ARRIVE_TIME";

    /** The sender's own name for its host, as gRPC's consumers are shown it. */
    public static final String BORN_HOST = "__BORNHOST";

    /** What ties the traces of gRPC's clients together. */
    public static final String TRACE_CONTEXT = "TRACE_CONTEXT";

    /** Keys stand in {@link #KEYS}, one behind the other, with this between them. */
    public static final char KEY_SEPARATOR = ' ';

    private PropertyNames() {}
}
