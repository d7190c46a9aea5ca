package io.ternmq.server.cli;

import io.ternmq.server.client.MessagePuller;
import java.util.Set;

/** Tells topics and groups of the users from those that the server and its clients keep for themselves. */
final class SystemNames {

    private static final Set<String> NAMES = Set.of(
            "TBW102",
            "SCHEDULE_TOPIC_XXXX",
            "SELF_TEST_TOPIC",
            "BenchmarkTest",
            "OFFSET_MOVED_EVENT",
            MessagePuller.TOOLS_GROUP,
            "DefaultCluster");
    private static final String[] PREFIXES = {"%RETRY%", "%DLQ%", "RMQ_SYS_", "rmq_sys_", "CID_ONSAPI_", "CID_RMQ_SYS_"
    };

    private SystemNames() {}

    static boolean isUsers(String name) {
        for (String prefix : PREFIXES) {
            if (name.startsWith(prefix)) {
                return false;
            }
        }
        return !NAMES.contains(name);
    }
}
