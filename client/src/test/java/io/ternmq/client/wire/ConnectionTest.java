package io.ternmq.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.BusyException;
import io.ternmq.ClosedException;
import io.ternmq.InvalidRequestException;
import io.ternmq.OutcomeUnknownException;
import io.ternmq.UnavailableException;
import io.ternmq.UnsupportedException;
import io.ternmq.client.wire.LocalServer.Answer;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final int CODE = 12;
    private static final long TIMEOUT_MS = 5_000;

    private final LocalServer server = new LocalServer(asked -> Answer.ok(asked.fields()));
    private final Connections connections = connections(ConnectionLimits.DEFAULT);

    private static Connections connections(ConnectionLimits limits) {
        return new Connections(new ConnectionSettings(1, limits, Optional.empty(), Optional.empty()), System::nanoTime);
    }

    @AfterEach
    void close() {
        connections.close();
        server.close();
    }

    private static CompletableFuture<String> ask(Connection connection, String value, long timeoutMs) {
        return new Call(CODE, "ask", timeoutMs).field("v", value).expect(connection, answer -> answer.getRequired("v"));
    }

    @Test
    void eachRequestGetsItsOwnAnswer() {
        Connection connection = connections.to(server.address());
        List<CompletableFuture<String>> answers = IntStream.range(0, 500)
                .mapToObj(i -> ask(connection, "v" + i, TIMEOUT_MS))
                .toList();
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join()).isEqualTo("v" + i);
        }
        assertThat(connections.to(server.address())).isSameAs(connection);
    }

    @Test
    void codesBeyondSixteenBitsGoThrough() {
        CompletableFuture<String> answer = new Call(200_050, "take", TIMEOUT_MS)
                .field("v", "x")
                .expect(connections.to(server.address()), frame -> frame.getRequired("v"));
        assertThat(answer.join()).isEqualTo("x");
        assertThat(server.asked().element().code()).isEqualTo(200_050);
    }

    @Test
    void withoutAnAnswerWhatCanBeAskedAgainIsUnavailableAndTheRestUnknown() {
        server.behave(asked -> null);
        Connection connection = connections.to(server.address());
        assertThatThrownBy(() -> ask(connection, "x", 50).join()).hasCauseInstanceOf(UnavailableException.class);
        assertThatThrownBy(() ->
                        new Call(CODE, "send", 50).once().expect(connection).join())
                .hasCauseInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("50 ms");
    }

    @Test
    void whatIsUnderWayWhenAConnectionIsLostFailsAndTheNextOneGoesThrough() {
        server.behave(asked -> null);
        Connection connection = connections.to(server.address());
        CompletableFuture<Void> sent = new Call(CODE, "send", TIMEOUT_MS).once().expect(connection);
        await().until(() -> server.asked().size() == 1);
        server.disconnectAll();
        assertThatThrownBy(sent::join).hasCauseInstanceOf(OutcomeUnknownException.class);
        server.behave(asked -> Answer.ok(asked.fields()));
        assertThat(ask(connection, "again", TIMEOUT_MS).join()).isEqualTo("again");
    }

    @Test
    void whereNobodyListensRequestsAreUnavailable() {
        Connection nowhere = connections.to(new HostPort("127.0.0.1", 1));
        CompletableFuture<Void> sent = new Call(CODE, "send", TIMEOUT_MS).once().expect(nowhere);
        assertThatThrownBy(sent::join)
                .hasCauseInstanceOf(UnavailableException.class)
                .hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void atTheLimitRequestsAreRefusedAsBusyAndThenTakenAgain() {
        ConnectionLimits usual = ConnectionLimits.DEFAULT;
        server.behave(asked -> null);
        try (Connections small =
                connections(new ConnectionLimits(2, usual.requestBytesMax(), usual.frames(), 1_000, 10, 100))) {
            Connection connection = small.to(server.address());
            CompletableFuture<String> first = ask(connection, "1", 200);
            CompletableFuture<String> second = ask(connection, "2", 200);
            assertThatThrownBy(() -> ask(connection, "3", 200).join()).hasCauseInstanceOf(BusyException.class);
            assertThatThrownBy(first::join).hasCauseInstanceOf(UnavailableException.class);
            assertThatThrownBy(second::join).hasCauseInstanceOf(UnavailableException.class);
            server.behave(asked -> Answer.ok(asked.fields()));
            assertThat(ask(connection, "4", TIMEOUT_MS).join()).isEqualTo("4");
        }
    }

    @Test
    void closingFailsWhatCanBeAskedAgainAndWaitsForTheRest() {
        server.behave(asked -> null);
        Connection connection = connections.to(server.address());
        CompletableFuture<String> waiting = ask(connection, "x", TIMEOUT_MS);
        CompletableFuture<Void> sent = new Call(CODE, "send", 300).once().expect(connection);
        await().until(() -> server.asked().size() == 2);
        connections.close();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(ClosedException.class);
        assertThatThrownBy(sent::join).hasCauseInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(() -> ask(connection, "late", TIMEOUT_MS).join()).hasCauseInstanceOf(ClosedException.class);
    }

    @Test
    void refusalsSayWhatCanBeDone() {
        Map<Integer, Class<? extends Throwable>> expected = Map.of(
                ResponseCode.SYSTEM_BUSY, BusyException.class,
                ResponseCode.FLOW_CONTROL, BusyException.class,
                ResponseCode.MESSAGE_ILLEGAL, InvalidRequestException.class,
                ResponseCode.TOPIC_NOT_EXIST, InvalidRequestException.class,
                ResponseCode.REQUEST_CODE_NOT_SUPPORTED, UnsupportedException.class,
                ResponseCode.FLUSH_DISK_TIMEOUT, OutcomeUnknownException.class,
                ResponseCode.SYSTEM_ERROR, UnavailableException.class);
        expected.forEach((code, kind) -> {
            server.behave(asked -> new Answer(code, Map.of()));
            assertThatThrownBy(() -> ask(connections.to(server.address()), "x", TIMEOUT_MS)
                            .join())
                    .hasCauseInstanceOf(kind)
                    .hasMessageContaining("said");
        });
    }

    @Test
    void whatServersAskIsTakenAndAnswered() {
        var heard = new ConcurrentLinkedQueue<String>();
        connections.on(40, (from, request) -> {
            heard.add(request.getRequired("consumerGroup"));
            return ResponseCode.SUCCESS;
        });
        assertThat(ask(connections.to(server.address()), "x", TIMEOUT_MS).join())
                .isEqualTo("x");
        server.push(40);
        await().until(() -> !heard.isEmpty());
        assertThat(heard).containsExactly("g");
        await().until(() -> server.asked().stream().anyMatch(asked -> asked.opaque() == 77));
    }

    @Test
    void whatAServerAsksBadlyIsRefusedAndTheConnectionStays() {
        connections.on(40, (from, request) -> request.getInt("consumerGroup"));
        Connection connection = connections.to(server.address());
        assertThat(ask(connection, "x", TIMEOUT_MS).join()).isEqualTo("x");
        server.push(40);
        await().until(() -> server.asked().stream().anyMatch(asked -> asked.opaque() == 77));
        assertThat(server.asked())
                .filteredOn(asked -> asked.opaque() == 77)
                .extracting(LocalServer.Asked::code)
                .containsExactly(ResponseCode.SYSTEM_ERROR);
        assertThat(ask(connection, "y", TIMEOUT_MS).join()).isEqualTo("y");
        assertThat(server.connected()).isOne();
    }

    @Test
    void anAnswerThatCannotBeReadIsAFailureWhateverKeepsItFromBeingRead() {
        Connection connection = connections.to(server.address());
        assertThatThrownBy(() -> new Call(CODE, "ask", TIMEOUT_MS)
                        .expect(connection, answer -> {
                            throw new NoClassDefFoundError("of a library");
                        })
                        .join())
                .hasCauseInstanceOf(UnavailableException.class);
        assertThat(ask(connection, "next", TIMEOUT_MS).join()).isEqualTo("next");
    }

    @Test
    void requestsOfOneKeyThatWaitTogetherGoOutAsOne() {
        Connection connection = connections.to(server.address());
        AtomicInteger written = new AtomicInteger();
        CompletableFuture<Void> all = new CompletableFuture<>();
        AtomicInteger missing = new AtomicInteger(100);
        for (int i = 0; i < 100; i++) {
            connection.submit(new Counted(
                    written,
                    () -> {
                        if (missing.decrementAndGet() == 0) {
                            all.complete(null);
                        }
                    },
                    TIMEOUT_MS));
        }
        all.join();
        assertThat(written.get()).isLessThan(100);
    }

    @Test
    void whileManyBundlesAreUnderWayTheNextOnesGather() {
        server.behave(asked -> asked.code() == CODE ? null : Answer.ok(asked.fields()));
        Connection connection = connections.to(server.address());
        AtomicInteger written = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        for (int i = 1; i <= 4; i++) {
            int underWay = i;
            connection.submit(new Counted(written, done::incrementAndGet, 1_000));
            await().until(() -> written.get() == underWay);
        }
        for (int i = 0; i < 10; i++) {
            connection.submit(new Counted(written, done::incrementAndGet, 1_000));
        }
        String other = new Call(CODE + 1, "ask", TIMEOUT_MS)
                .field("v", "meanwhile")
                .expect(connection, answer -> answer.getRequired("v"))
                .join();
        assertThat(other).isEqualTo("meanwhile");
        assertThat(written).hasValue(4);
        await().until(() -> done.get() == 14);
        assertThat(written).hasValue(5);
    }

    @Test
    void whatNobodyWaitsForGathersUntilTheOneBeforeIsAnswered() {
        server.behave(asked -> null);
        Connection connection = connections.to(server.address());
        AtomicInteger written = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        connection.submit(new Counted(written, done::incrementAndGet, TIMEOUT_MS).patient());
        await().until(() -> server.asked().size() == 1);
        for (int i = 0; i < 10; i++) {
            connection.submit(new Counted(written, done::incrementAndGet, TIMEOUT_MS).patient());
        }
        connection.submit(new Counted(written, done::incrementAndGet, TIMEOUT_MS));
        await().until(() -> server.asked().size() == 2);
        assertThat(written).hasValue(2);
        server.answer(server.asked().peek(), Answer.ok(Map.of()));
        await().until(() -> server.asked().size() == 3);
        assertThat(written).hasValue(3);
        assertThat(done).hasValue(1);
    }

    @Test
    void enoughOfWhatNobodyWaitsForGoesAtOnce() {
        server.behave(asked -> null);
        Connection connection = connections.to(server.address());
        AtomicInteger written = new AtomicInteger();
        connection.submit(new Counted(written, () -> {}, TIMEOUT_MS).patient());
        await().until(() -> server.asked().size() == 1);
        for (int i = 0; i < 256; i++) {
            connection.submit(new Counted(written, () -> {}, TIMEOUT_MS).patient());
        }
        await().until(() -> server.asked().size() >= 2);
    }

    @Test
    void timeOutsAreMeasuredByTheClockThatNobodySets() {
        AtomicLong nowNs = new AtomicLong(-1_000);
        server.behave(asked -> null);
        try (Connections turned = new Connections(
                new ConnectionSettings(1, ConnectionLimits.DEFAULT, Optional.empty(), Optional.empty()), nowNs::get)) {
            CompletableFuture<String> answer = ask(turned.to(server.address()), "x", 60_000);
            await().until(() -> server.asked().size() == 1);
            nowNs.addAndGet(Duration.ofSeconds(61).toNanos());
            assertThat(answer).failsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void aServerThatSaysNothingIsLetGoAndConnectedToAgain() {
        server.behave(asked -> null);
        Connection connection = connections.to(server.address());
        CompletableFuture<Void> waiting = new Call(CODE, "wait", TIMEOUT_MS).expect(connection);
        assertThatThrownBy(() -> ask(connection, "x", 100).join()).hasCauseInstanceOf(UnavailableException.class);
        assertThatThrownBy(waiting::join)
                .hasCauseInstanceOf(UnavailableException.class)
                .hasMessageContaining("connection");
        await().until(() -> server.connected() == 0);
        server.behave(asked -> Answer.ok(asked.fields()));
        assertThat(ask(connection, "again", TIMEOUT_MS).join()).isEqualTo("again");
    }

    @Test
    void aServerThatIsLateWithOneAnswerAndGivesOthersIsKept() {
        server.behave(asked -> asked.code() == CODE ? Answer.ok(asked.fields()) : null);
        Connection connection = connections.to(server.address());
        CompletableFuture<Void> late = new Call(CODE + 1, "wait", 300).expect(connection);
        await().until(() -> server.asked().size() == 1);
        assertThat(ask(connection, "x", TIMEOUT_MS).join()).isEqualTo("x");
        assertThatThrownBy(late::join).hasCauseInstanceOf(UnavailableException.class);
        assertThat(ask(connection, "y", TIMEOUT_MS).join()).isEqualTo("y");
        assertThat(server.connected()).isOne();
    }

    @Test
    void whatAServerDoesNotReadWaitsWhereItIsCounted() {
        ConnectionLimits usual = ConnectionLimits.DEFAULT;
        try (Connections small =
                connections(new ConnectionLimits(1_000, 4 * OneWay.BYTES, usual.frames(), 1_000, 10, 100))) {
            Connection connection = small.to(server.address());
            ask(connection, "x", TIMEOUT_MS).join();
            server.reads(false);
            AtomicInteger written = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(5)).until(() -> {
                connection.submit(new OneWay(written, refused));
                return refused.get() > 0;
            });
            assertThat(written.get()).isLessThan(100);
            server.reads(true);
            await().until(() -> server.asked().size() == 1 + written.get());
            connection.submit(new OneWay(written, refused));
            assertThat(ask(connection, "y", TIMEOUT_MS).join()).isEqualTo("y");
            assertThat(refused).hasValue(1);
        }
    }

    /** Large, and nobody answers it. */
    private static final class OneWay extends Request {

        static final int BYTES = 1024 * 1024;

        private final AtomicInteger written;
        private final AtomicInteger refused;

        OneWay(AtomicInteger written, AtomicInteger refused) {
            this.written = written;
            this.refused = refused;
        }

        @Override
        protected String what() {
            return "tell";
        }

        @Override
        protected int heldBytes() {
            return BYTES;
        }

        @Override
        protected long timeoutMs() {
            return TIMEOUT_MS;
        }

        @Override
        protected boolean isOneWay() {
            return true;
        }

        @Override
        protected void write(RequestWriter out) {
            out.begin(CODE).end(new byte[BYTES]);
        }

        @Override
        protected void answered(RemotingFrame answer) {
            written.incrementAndGet();
        }

        @Override
        protected void failed(io.ternmq.TernMQException failure) {
            refused.incrementAndGet();
        }
    }

    @Test
    void whatComesBehindABundleDoesNotOvertakeWhatGathersForIt() {
        server.behave(asked -> asked.code() == CODE ? null : Answer.ok(asked.fields()));
        Connection connection = connections.to(server.address());
        AtomicInteger written = new AtomicInteger();
        for (int i = 1; i <= 4; i++) {
            int underWay = i;
            connection.submit(new Counted(written, () -> {}, 1_000));
            await().until(() -> written.get() == underWay);
        }
        for (int i = 0; i < 10; i++) {
            connection.submit(new Counted(written, () -> {}, 1_000));
        }
        connection.submit(new Behind());
        await().until(() -> server.asked().stream().anyMatch(asked -> asked.code() == CODE + 1));
        assertThat(server.asked()).extracting(LocalServer.Asked::code).endsWith(CODE, CODE + 1);
        assertThat(written).hasValue(5);
    }

    /** Goes alone, and yet must not overtake. */
    private static final class Behind extends Request {

        @Override
        protected String what() {
            return "come behind";
        }

        @Override
        protected int heldBytes() {
            return 1;
        }

        @Override
        protected long timeoutMs() {
            return TIMEOUT_MS;
        }

        @Override
        protected Object comesBehind() {
            return false;
        }

        @Override
        protected void write(RequestWriter out) {
            out.begin(CODE + 1).end();
        }

        @Override
        protected void answered(RemotingFrame answer) {
            // The order is all that matters.
        }

        @Override
        protected void failed(io.ternmq.TernMQException failure) {
            // The order is all that matters.
        }
    }

    /** Can share a frame with others of its kind. */
    private static final class Counted extends Request implements Bundle {

        private boolean patient;
        private final AtomicInteger written;
        private Runnable done;
        private final long timeoutMs;
        private int count = 1;

        Counted(AtomicInteger written, Runnable done, long timeoutMs) {
            this.written = written;
            this.done = done;
            this.timeoutMs = timeoutMs;
        }

        Counted patient() {
            patient = true;
            return this;
        }

        @Override
        public boolean isPatient() {
            return patient;
        }

        @Override
        protected String what() {
            return "count";
        }

        @Override
        protected int heldBytes() {
            return count;
        }

        @Override
        protected int count() {
            return count;
        }

        @Override
        protected long timeoutMs() {
            return timeoutMs;
        }

        @Override
        protected Object bundleKey() {
            return patient;
        }

        @Override
        protected Bundle bundle() {
            return this;
        }

        @Override
        public boolean add(Request request) {
            Counted other = (Counted) request;
            Runnable mine = done;
            done = () -> {
                mine.run();
                other.done.run();
            };
            count += other.count;
            return true;
        }

        @Override
        public Request close() {
            return this;
        }

        @Override
        protected void write(RequestWriter out) {
            written.incrementAndGet();
            out.begin(CODE).end();
        }

        @Override
        protected void answered(RemotingFrame answer) {
            done.run();
        }

        @Override
        protected void failed(io.ternmq.TernMQException failure) {
            done.run();
        }
    }
}
