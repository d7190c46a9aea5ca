package io.ternmq.bench.responder;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.bench.load.LoadCommand;
import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The load generator on the official client, against the responder: neither is of use without the other. */
class NullResponderTest {
    private final int port = freePort();

    @Test
    void satisfiesTheOfficialProducerAndConsumer() throws Exception {
        Thread server = new Thread(this::serve, "null-responder");
        server.setDaemon(true);
        server.start();

        assertThat(load("--mode sync --threads 2 --warmup 0.1 --seconds 0.3").number("msg_s"))
                .isNotEmpty();
        assertThat(load("--mode async --warmup 0.1 --seconds 0.3").number("errors"))
                .hasValue(0);
        assertThat(load("--mode batch --batch 8 --size 100 --warmup 0.1 --seconds 0.3")
                        .number("errors"))
                .hasValue(0);
        assertThat(load("--mode async --backlog 2000").number("received").orElse(0))
                .isBetween(1_900.0, 2_000.0);
    }

    private void serve() {
        try {
            new NullResponder(options("--port " + port), printer(new ByteArrayOutputStream())).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonLine load(String arguments) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new LoadCommand(options("--connect 127.0.0.1:" + port + " " + arguments), printer(printed)).run();
        return JsonLine.parse(printed.toString(StandardCharsets.UTF_8));
    }

    private static Options options(String arguments) {
        return new Options(Arrays.asList(arguments.split(" ", -1)));
    }

    private static PrintStream printer(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
