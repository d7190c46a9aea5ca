package io.ternmq.protocol.remoting;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a send asks for: the ext fields of {@link RequestCode#SEND_MESSAGE} (long names), {@link RequestCode#SEND_MESSAGE_V2} and
 * {@link RequestCode#SEND_BATCH_MESSAGE} (one letter each). A reader to reuse: {@link #read} replaces everything. Not thread-safe.
 */
public final class SendRequest {
    private static final byte[] NO_BYTES = {};
    /** The field of a letter is its number here; long names stand in the order of their letters. */
    private static final String[] LONG_NAMES = {
        "producerGroup",
        "topic",
        "defaultTopic",
        "defaultTopicQueueNums",
        "queueId",
        "sysFlag",
        "bornTimestamp",
        "flag",
        "properties",
        "reconsumeTimes",
        "unitMode",
        "maxReconsumeTimes",
        "batch",
        "bname"
    };

    private static final int PRODUCER_GROUP = 0;
    private static final int TOPIC = 1;
    private static final int DEFAULT_TOPIC = 2;
    private static final int DEFAULT_TOPIC_QUEUES = 3;
    private static final int QUEUE_ID = 4;
    private static final int SYS_FLAG = 5;
    private static final int BORN_TIMESTAMP = 6;
    private static final int FLAG = 7;
    private static final int PROPERTIES = 8;
    private static final int RECONSUME_TIMES = 9;
    private static final int UNIT_MODE = 10;
    private static final int MAX_RECONSUME_TIMES = 11;
    private static final int BATCH = 12;
    private static final int BROKER_NAME = 13;

    private final NameCache names;
    /** Which ext field holds what; -1 when it is missing. */
    private final int[] fieldOf = new int[LONG_NAMES.length];

    private final UnsafeBuffer topicBytes = new UnsafeBuffer(NO_BYTES);
    private final UnsafeBuffer properties = new UnsafeBuffer(NO_BYTES);
    private String producerGroup = "";
    private String topic = "";
    private String defaultTopic = "";
    private @Nullable String brokerName;
    private int defaultTopicQueues;
    private int queueId;
    private int sysFlag;
    private long bornTimestamp;
    private int flag;
    private int reconsumeTimes;
    private boolean unitMode;
    private int maxReconsumeTimes;
    private boolean batch;

    /** @param names may be shared */
    public SendRequest(NameCache names) {
        this.names = names;
    }

    /**
     * @param frame a request with one of the codes that send; its header is referred to, not copied
     * @return this
     * @throws BadFieldException when a field is missing or unreadable
     */
    public SendRequest read(RemotingFrame frame) {
        if (frame.code() == RequestCode.SEND_MESSAGE || frame.code() == RequestCode.SEND_REPLY_MESSAGE) {
            findLongNames(frame.fields());
        } else {
            findLetters(frame.fields());
        }
        producerGroup = name(frame, PRODUCER_GROUP);
        topic = name(frame, TOPIC);
        wrap(topicBytes, frame, TOPIC);
        defaultTopic = name(frame, DEFAULT_TOPIC);
        brokerName = fieldOf[BROKER_NAME] < 0 ? null : name(frame, BROKER_NAME);
        defaultTopicQueues = intValue(frame, DEFAULT_TOPIC_QUEUES);
        queueId = intValue(frame, QUEUE_ID);
        sysFlag = intValue(frame, SYS_FLAG);
        bornTimestamp = frame.longValue(LONG_NAMES[BORN_TIMESTAMP], required(BORN_TIMESTAMP));
        flag = intValue(frame, FLAG);
        wrap(properties, frame, PROPERTIES);
        reconsumeTimes = intValue(frame, RECONSUME_TIMES, 0);
        unitMode = booleanValue(frame, UNIT_MODE);
        maxReconsumeTimes = intValue(frame, MAX_RECONSUME_TIMES, -1);
        batch = frame.code() == RequestCode.SEND_BATCH_MESSAGE || booleanValue(frame, BATCH);
        return this;
    }

    /** @return the group of the sender */
    public String producerGroup() {
        return producerGroup;
    }

    /** @return the topic; a remembered String */
    public String topic() {
        return topic;
    }

    /** @return the topic as UTF-8, the whole buffer; valid until the next {@link #read} */
    public DirectBuffer topicBytes() {
        return topicBytes;
    }

    /** @return the topic after whose model a new one is made */
    public String defaultTopic() {
        return defaultTopic;
    }

    /** @return how many queues a new topic gets */
    public int defaultTopicQueues() {
        return defaultTopicQueues;
    }

    /** @return the queue in the topic; negative: any */
    public int queueId() {
        return queueId;
    }

    /** @return bits of {@link io.ternmq.protocol.message.SysFlag}, as the client claims them */
    public int sysFlag() {
        return sysFlag;
    }

    /** @return milliseconds of the epoch, by the sender's clock */
    public long bornTimestamp() {
        return bornTimestamp;
    }

    /** @return what the sending application says */
    public int flag() {
        return flag;
    }

    /** @return the properties' bytes, the whole buffer, perhaps empty; valid until the next {@link #read} */
    public DirectBuffer properties() {
        return properties;
    }

    /** @return how often a retried message was sent back; 0 when the request does not say */
    public int reconsumeTimes() {
        return reconsumeTimes;
    }

    /** @return whether the sender works in units; false when the request does not say */
    public boolean unitMode() {
        return unitMode;
    }

    /** @return how often a retried message is delivered; -1 when the request does not say */
    public int maxReconsumeTimes() {
        return maxReconsumeTimes;
    }

    /** @return whether the body is a {@link io.ternmq.protocol.message.BatchBody} */
    public boolean isBatch() {
        return batch;
    }

    /** @return the broker that the client means, or null */
    public @Nullable String brokerName() {
        return brokerName;
    }

    private void findLetters(HeaderFields fields) {
        Arrays.fill(fieldOf, -1);
        byte[] text = fields.text();
        for (int field = 0; field < fields.count(); field++) {
            int begin = fields.nameBegin(field);
            int letter = fields.nameEnd(field) - begin == 1 ? text[begin] - 'a' : -1;
            if (letter >= 0 && letter < fieldOf.length) {
                fieldOf[letter] = field;
            }
        }
    }

    private void findLongNames(HeaderFields fields) {
        for (int i = 0; i < LONG_NAMES.length; i++) {
            fieldOf[i] = fields.find(LONG_NAMES[i]);
        }
    }

    private String name(RemotingFrame frame, int which) {
        int field = required(which);
        HeaderFields fields = frame.fields();
        return names.string(fields.text(), fields.valueBegin(field), fields.valueEnd(field));
    }

    private void wrap(UnsafeBuffer view, RemotingFrame frame, int which) {
        int field = fieldOf[which];
        if (field < 0) {
            view.wrap(NO_BYTES);
            return;
        }
        HeaderFields fields = frame.fields();
        int begin = fields.valueBegin(field);
        view.wrap(fields.text(), begin, fields.valueEnd(field) - begin);
    }

    private int intValue(RemotingFrame frame, int which) {
        return frame.intValue(LONG_NAMES[which], required(which));
    }

    private int intValue(RemotingFrame frame, int which, int absent) {
        return fieldOf[which] < 0 ? absent : frame.intValue(LONG_NAMES[which], fieldOf[which]);
    }

    private boolean booleanValue(RemotingFrame frame, int which) {
        return fieldOf[which] >= 0 && frame.booleanValue(fieldOf[which]);
    }

    private int required(int which) {
        if (fieldOf[which] < 0) {
            throw new BadFieldException(LONG_NAMES[which], null, "a value");
        }
        return fieldOf[which];
    }
}
