package io.ternmq.client.transaction;

import io.ternmq.TransactionChecker.Decision;
import io.ternmq.client.message.Origin;
import io.ternmq.client.message.RecordReader;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Connections;
import io.ternmq.engine.StoredMessage;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers brokers that ask what became of a transaction, on threads of its own. A question that finds no room is asked again by the broker. */
public final class Questions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);
    private static final int THREADS = 2;
    private static final int WAITING_MAX = 1_024;
    private static final long IDLE_SECONDS = 30;

    private final String producerGroup;
    private final Function<StoredMessage, Decision> checker;
    private final Decisions decisions;
    private final ThreadPoolExecutor threads;

    /**
     * Begins to answer.
     *
     * @param producerGroup whose transactions
     * @param checker       decides; may block
     * @param decisions     tells brokers
     * @param connections   where questions come from
     */
    public Questions(
            String producerGroup,
            Function<StoredMessage, Decision> checker,
            Decisions decisions,
            Connections connections) {
        this.producerGroup = producerGroup;
        this.checker = checker;
        this.decisions = decisions;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> {
                    Thread thread = new Thread(task, "tern-transactions");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        connections.on(RequestCode.CHECK_TRANSACTION_STATE, this::asked);
    }

    private int asked(Connection from, RemotingFrame request) {
        String topic = request.get("topic");
        List<StoredMessage> messages = new RecordReader(topic == null ? "" : topic, "").read(request.body());
        if (messages.size() != 1) {
            return ResponseCode.MESSAGE_ILLEGAL;
        }
        StoredMessage message = messages.get(0);
        Origin origin = (Origin) message.origin();
        String transactionId = request.get("transactionId");
        String id = request.get("msgId");
        Question question = new Question(
                origin.reserved().getOrDefault(PropertyNames.PRODUCER_GROUP, producerGroup),
                origin.topic(),
                request.getLong("commitLogOffset"),
                request.getLong("tranStateTableOffset"),
                id == null ? message.id() : id,
                transactionId == null ? "" : transactionId);
        try {
            threads.execute(() -> answer(from, question, message));
        } catch (RejectedExecutionException tooMany) {
            LOG.debug("No room for a question about a transaction", tooMany);
        }
        return ResponseCode.SUCCESS;
    }

    private void answer(Connection from, Question question, StoredMessage message) {
        Decision decision = checker.apply(message);
        if (decision != Decision.UNKNOWN) {
            CompletableFuture<Void> unused = decisions.answer(from, question, decision);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
