package io.ternmq.embedded;

import io.ternmq.Partition;
import io.ternmq.SendReceipt;
import io.ternmq.TransactionChecker.Decision;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.transaction.HalfMessageCopier;
import io.ternmq.broker.transaction.HalfRule;
import io.ternmq.broker.transaction.TransactionEnd;
import io.ternmq.broker.transaction.TransactionEnd.Verdict;
import io.ternmq.embedded.message.SentProperties;
import io.ternmq.embedded.message.StoredMessages;
import io.ternmq.engine.HalfMessage;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.engine.StoredMessage;
import io.ternmq.log.ReadScratch;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.runtime.EngineMQ;
import io.ternmq.spi.OpenOptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prepares messages, decides them, and asks the application's checker about those that a crash left. Thread-safe. */
final class EmbeddedTransactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedTransactions.class);

    private final ShardAccess access;
    private final Sending sending;
    private final Topics topics;
    private final ReaderThreads readers;
    private final StoredMessages stored;
    private final OpenOptions options;
    private final ExecutorService checks = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "ternmq-transactions");
        thread.setDaemon(true);
        return thread;
    });

    EmbeddedTransactions(
            ShardAccess access,
            Sending sending,
            Topics topics,
            ReaderThreads readers,
            StoredMessages stored,
            OpenOptions options) {
        this.access = access;
        this.sending = sending;
        this.topics = topics;
        this.readers = readers;
        this.stored = stored;
        this.options = options;
        if (options.transactions().isPresent()) {
            access.shard().transactions().askThrough(this::ask);
        }
    }

    CompletableFuture<HalfMessage> prepare(Partition partition, OutgoingMessage message) {
        sending.queueNo(partition); // refuses what does not exist
        String group = options.transactions().orElseThrow().producerGroup();
        Map<String, String> noted = SentProperties.of(message);
        HalfRule.prepare(noted, partition.topic(), partition.id(), group);
        EncodedMessage[] record = {
            sending.draft()
                    .noted(
                            message,
                            Sending.own(Names.HALF_TOPIC),
                            access.shard().timeMs(),
                            noted)
        };
        return sending.store(
                access.shard().transactions().prepare(noted),
                topics.own(Names.HALF_TOPIC).queueNo(0),
                record,
                half -> new Half(
                        new SendReceipt(message.id(), partition, half[0].queueOffset(), Optional.empty()),
                        half[0].position(),
                        half[0].queueOffset(),
                        group));
    }

    /** A half message that this process prepared. */
    private final class Half implements HalfMessage {

        private final SendReceipt receipt;
        private final long id;
        private final long offset;
        private final String group;

        Half(SendReceipt receipt, long id, long offset, String group) {
            this.receipt = receipt;
            this.id = id;
            this.offset = offset;
            this.group = group;
        }

        @Override
        public SendReceipt receipt() {
            return receipt;
        }

        @Override
        public CompletableFuture<Void> decide(Decision decision) {
            return end(id, offset, group, decision);
        }
    }

    private CompletableFuture<Void> end(long id, long offset, String group, Decision decision) {
        Verdict verdict = decision == Decision.COMMIT ? Verdict.COMMIT : Verdict.ROLL_BACK;
        TransactionEnd end = new TransactionEnd(id, offset, group, verdict);
        return access.<TransactionEnd>ask(
                        outcome -> access.shard().transactions().end(end, outcome))
                .thenAccept(ended -> {});
    }

    /** On the shard's thread: hands the question on. */
    private void ask(io.ternmq.broker.record.HalfMessage half) {
        CompletableFuture<StoredMessage> question = new CompletableFuture<>();
        CompletableFuture<Void> unused = question.thenAccept(message -> checkSoon(half, message))
                .exceptionally(failure -> {
                    LOG.warn("Undecided message at position {} could not be checked", half.position(), failure);
                    return null;
                });
        readers.read(question, scratch -> read(half, scratch));
    }

    private StoredMessage read(io.ternmq.broker.record.HalfMessage half, ReadScratch scratch) {
        byte[] bytes = new HalfMessageCopier(access.shard().reader(), scratch).question(half);
        if (bytes == null) {
            throw new IllegalStateException("it cannot be read");
        }
        return stored.of(new MessageRecord().wrap(new UnsafeBuffer(bytes), 0, bytes.length), 0);
    }

    private void checkSoon(io.ternmq.broker.record.HalfMessage half, StoredMessage message) {
        try {
            checks.execute(() -> check(half, message));
        } catch (RejectedExecutionException closed) {
            LOG.debug("Closing: message {} is checked after the next start", message.id());
        }
    }

    private void check(io.ternmq.broker.record.HalfMessage half, StoredMessage message) {
        OpenOptions.TransactionParticipant participant = options.transactions().orElseThrow();
        if (!participant.producerGroup().equals(half.producerGroup())) {
            return; // another application's, who opened the folder before
        }
        Decision decision;
        try {
            decision = participant.checker().check(EngineMQ.received(message, options));
        } catch (Exception e) { // the application's
            LOG.warn(
                    "The checker of '{}' failed for message {}; it is asked again",
                    half.producerGroup(),
                    message.id(),
                    e);
            return;
        }
        if (decision != Decision.UNKNOWN) {
            CompletableFuture<Void> unused = end(half.id(), half.offset(), half.producerGroup(), decision);
        }
    }

    @Override
    public void close() {
        checks.shutdown();
    }
}
