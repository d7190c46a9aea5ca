package io.ternmq.server.client;

/**
 * What a member of a group wants.
 *
 * @param group   the group
 * @param topic   what it reads
 * @param tags    which messages of it
 * @param startAt where the group begins in queues that it never read
 */
public record MemberTerms(String group, String topic, TagExpression tags, StartAt startAt) {

    private static final String RETRY_PREFIX = "%RETRY%";

    /** Where messages wait that the group failed to consume: every member reads it too. */
    String retryTopic() {
        return RETRY_PREFIX + group;
    }
}
