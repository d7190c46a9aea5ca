package io.ternmq.runtime.consume;

import io.ternmq.engine.GroupMember;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.engine.StoredMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The only member of its group. What a test does not need fails. */
class StandInMember implements GroupMember {

    @Override
    public String name() {
        return "one";
    }

    @Override
    public List<String> members() {
        return List.of("one");
    }

    @Override
    public CompletableFuture<List<LeasedMessage>> take(TakeRequest request) {
        throw new AssertionError("nothing is leased");
    }

    @Override
    public CompletableFuture<Void> ack(LeasedMessage lease) {
        throw new AssertionError("nothing is leased");
    }

    @Override
    public CompletableFuture<LeasedMessage> extend(LeasedMessage lease, Duration invisible) {
        throw new AssertionError("nothing is leased");
    }

    @Override
    public CompletableFuture<Void> retry(LeasedMessage lease, Duration delay) {
        throw new AssertionError("nothing fails");
    }

    @Override
    public CompletableFuture<Void> putBack(LeasedMessage lease) {
        throw new AssertionError("nothing is leased");
    }

    @Override
    public CompletableFuture<Void> deadLetter(LeasedMessage lease) {
        throw new AssertionError("nothing fails");
    }

    @Override
    public CompletableFuture<Void> sendBack(StoredMessage message, Duration delay) {
        throw new AssertionError("nothing is shared out");
    }

    @Override
    public void close() {
        // nothing is held
    }
}
