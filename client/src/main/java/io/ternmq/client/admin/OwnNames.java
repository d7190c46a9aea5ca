package io.ternmq.client.admin;

import java.util.Locale;
import java.util.Set;

/** Names that brokers made for themselves; operators are not shown them. */
public final class OwnNames {

    private static final Set<String> TOPICS = Set.of(
            "TBW102",
            "SCHEDULE_TOPIC_XXXX",
            "SELF_TEST_TOPIC",
            "BenchmarkTest",
            "OFFSET_MOVED_EVENT",
            "DefaultHeartBeatSyncerTopic",
            "TRANS_CHECK_MAX_TIME_TOPIC");

    private static final Set<String> GROUPS = Set.of(
            "TOOLS_CONSUMER",
            "FILTERSRV_CONSUMER",
            "__MONITOR_CONSUMER",
            "SELF_TEST_C_GROUP",
            "CID_ONS-HTTP-PROXY",
            "CID_ONSAPI_PULL",
            "CID_ONSAPI_PERMISSION",
            "CID_ONSAPI_OWNER",
            "DEFAULT_CONSUMER",
            "CID_DefaultHeartBeatSyncerTopic");

    private OwnNames() {}

    /**
     * Whether a topic is a broker's own.
     *
     * @param name of the topic
     * @return also for topics of retries and of dead letters
     */
    public static boolean isTopic(String name) {
        return TOPICS.contains(name)
                || name.startsWith("%")
                || name.toLowerCase(Locale.ROOT).startsWith("rmq_sys_")
                || name.endsWith("_REPLY_TOPIC");
    }

    /**
     * Whether a group is of a broker or of RocketMQ's tools.
     *
     * @param name of the group
     * @return false for groups of users
     */
    public static boolean isGroup(String name) {
        return GROUPS.contains(name)
                || name.startsWith("CID_RMQ_SYS_")
                || name.startsWith("CID_SYS_RMQ_")
                || name.startsWith("CID_rmq_sys_");
    }
}
