package io.ternmq.embedded;

import io.ternmq.Filter;
import io.ternmq.InvalidRequestException;
import io.ternmq.broker.filter.RecordMatcher;
import io.ternmq.broker.filter.SqlFilter;
import io.ternmq.broker.member.Subscription;
import io.ternmq.log.TagFilter;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which messages of a topic are wanted: a first look at the hash of the tag, a second at the record. Immutable. */
final class Wanted implements TagFilter {

    private final int[] tagHashes;
    private final Set<String> tags;
    private final @Nullable SqlFilter condition;

    private Wanted(Subscription subscription) {
        this.tagHashes = subscription.tagHashes().clone();
        this.tags = Set.copyOf(subscription.tags());
        this.condition = subscription.filter();
        Arrays.sort(tagHashes);
    }

    /** @throws InvalidRequestException when the filter cannot be understood; it says why */
    static Wanted of(String topic, Filter filter) {
        String type = filter.kind() == Filter.Kind.SQL ? Subscription.TYPE_SQL : Subscription.TYPE_TAG;
        Subscription subscription = Subscription.parse(topic, type, filter.expression(), 0);
        String problem = subscription.problem();
        if (problem != null) {
            throw new InvalidRequestException("filter: " + problem);
        }
        return new Wanted(subscription);
    }

    /** @return hashes of which a message's must be one; null for any */
    int @Nullable [] tagHashes() {
        return tagHashes.length == 0 ? null : tagHashes;
    }

    @Override
    public boolean matches(int tagHash) {
        return tagHashes.length == 0 || Arrays.binarySearch(tagHashes, tagHash) >= 0;
    }

    /** @return for one thread; null when any record of a wanted hash is wanted */
    @Nullable
    RecordMatcher matcher() {
        return condition == null ? null : condition.matcher();
    }

    /** Hashes of different tags may be the same. */
    boolean hasTag(MessageRecord record) {
        if (tagHashes.length == 0) {
            return true;
        }
        String tag = record.property(PropertyNames.TAGS);
        return tag != null && tags.contains(tag);
    }
}
