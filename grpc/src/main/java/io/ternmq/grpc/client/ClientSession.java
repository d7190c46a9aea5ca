package io.ternmq.grpc.client;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.PrintThreadStackTraceCommand;
import apache.rocketmq.v2.TelemetryCommand;
import apache.rocketmq.v2.VerifyMessageCommand;
import io.grpc.Status;
import io.ternmq.broker.access.AskedConsumer;
import io.ternmq.broker.member.Member;
import io.ternmq.grpc.call.ClientHeaders;
import io.ternmq.grpc.convert.MessageViews;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.remoting.RemotingVersion;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A client with an open telemetry stream, and what it said of itself. Thread-safe. */
public final class ClientSession implements AskedConsumer {
    /** So many topics are remembered that a client sent transactions to; of the others only those that it declares. */
    static final int TRANSACTION_TOPICS_MAX = 1_024;

    private final TelemetryStream stream;
    private final Member member;
    private final Map<String, Boolean> transactionTopics = new LinkedHashMap<>(4, 0.75f, true);
    private volatile ClientRole role;
    private volatile boolean hasLeft;
    private final PendingQuestions questions = new PendingQuestions();

    ClientSession(ClientHeaders headers, TelemetryStream stream, ClientRole role) {
        this.stream = stream;
        this.role = role;
        this.member = new Member(headers.clientId(), headers.language(), RemotingVersion.V5_5_0, this);
    }

    /** @return who it is, as a member of its groups */
    public Member member() {
        return member;
    }

    /** @return what it last said that it is */
    ClientRole role() {
        return role;
    }

    /** It says that it is something else from now on. */
    void becomes(ClientRole newRole) {
        role = newRole;
    }

    /**
     * It sends transactions to a topic, of which it need not have said anything.
     *
     * @return a topic that it is no longer remembered to have sent to, since there are too many
     */
    Optional<String> sendsTransactions(String topic) {
        synchronized (transactionTopics) {
            transactionTopics.put(topic, true);
            Iterator<String> leastRecent = transactionTopics.keySet().iterator();
            if (transactionTopics.size() <= TRANSACTION_TOPICS_MAX) {
                return Optional.empty();
            }
            String forgotten = leastRecent.next();
            leastRecent.remove();
            return Optional.of(forgotten);
        }
    }

    /** @return the topics that it sent transactions to, the last ones */
    List<String> transactionTopics() {
        synchronized (transactionTopics) {
            return List.copyOf(transactionTopics.keySet());
        }
    }

    /** @return whether it says that it sends to the topic, or does */
    boolean isProducerOf(String topic) {
        synchronized (transactionTopics) {
            if (transactionTopics.containsKey(topic)) {
                return true;
            }
        }
        return role.topics().contains(topic);
    }

    TelemetryStream stream() {
        return stream;
    }

    @Override
    public boolean isOpen() {
        return !hasLeft && stream.isOpen();
    }

    /** It said that it goes; its stream may stay open for a while. */
    void leaves() {
        hasLeft = true;
    }

    /** Tells the client something, if it takes what it is told; {@code told} runs in any case, in the stream's event loop. */
    public void tell(TelemetryCommand command, Runnable told) {
        inLoop(open -> {
            try {
                if (open.isReady()) {
                    open.write(command);
                }
            } finally {
                told.run();
            }
        });
    }

    @Override
    public String remoteAddress() {
        return stream.connection().peer().toString();
    }

    /** Nothing to tell: what such a client takes is not shared out by queues. */
    @Override
    public void membersChanged(String group) {}

    @Override
    public void close() {
        inLoop(open -> open.end(Status.ABORTED.withDescription("not heard of for too long")));
    }

    @Override
    public void threadStack(Consumer<@Nullable String> answer) {
        ask(
                nonce -> TelemetryCommand.newBuilder()
                        .setPrintThreadStackTraceCommand(
                                PrintThreadStackTraceCommand.newBuilder().setNonce(nonce)),
                command -> answer.accept(
                        command == null ? null : command.getThreadStackTrace().getThreadStackTrace()));
    }

    @Override
    public void consume(byte[] record, Consumer<@Nullable Verdict> answer) {
        MessageRecord view = new MessageRecord().wrap(new UnsafeBuffer(record), 0, record.length);
        ask(
                nonce -> TelemetryCommand.newBuilder()
                        .setVerifyMessageCommand(VerifyMessageCommand.newBuilder()
                                .setNonce(nonce)
                                .setMessage(new MessageViews().sent(view))),
                command -> answer.accept(
                        command == null ? null : verdict(command.getStatus().getCode())));
    }

    /** Event loop: a client's answer. */
    void answered(String nonce, TelemetryCommand command) {
        questions.answered(nonce, command);
    }

    /** Event loop: the stream has ended. */
    void ended() {
        questions.giveUpAll();
    }

    private void ask(Function<String, TelemetryCommand.Builder> question, Consumer<@Nullable TelemetryCommand> answer) {
        inLoop(open -> {
            String nonce = open.isOpen() && open.isReady() ? questions.expect(answer) : null;
            if (nonce == null) {
                answer.accept(null);
            } else {
                open.write(question.apply(nonce).build());
                open.connection().loop().later(PendingQuestions.ANSWER_MS_MAX, () -> questions.answered(nonce, null));
            }
        });
    }

    private static Verdict verdict(Code code) {
        return switch (code) {
            case OK -> Verdict.CONSUMED;
            case FAILED_TO_CONSUME_MESSAGE -> Verdict.FAILED;
            default -> Verdict.UNSUPPORTED;
        };
    }

    private void inLoop(Consumer<TelemetryStream> work) {
        stream.connection().loop().replies().run(() -> work.accept(stream));
    }
}
