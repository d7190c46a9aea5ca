package io.ternmq.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.examples.Orders;
import io.ternmq.examples.Payments;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples on a server: only the address differs. */
@Timeout(60) // they wait for what they show
class RemoteExamplesTest {

    @RegisterExtension
    static final RemoteServer SERVER = new RemoteServer();

    @Test
    void ordersAreCharged() throws Exception {
        assertThat(printed(Orders::main)).contains("charged 42: two books");
    }

    @Test
    void paymentsAreQuotedAndPrinted() throws Exception {
        assertThat(printed(Payments::main)).contains("two books: 19.80", "printed 42", "booked 19.80 for 42");
    }

    @FunctionalInterface
    private interface Example {
        void run(String[] arguments) throws InterruptedException;
    }

    private static String printed(Example example) throws InterruptedException {
        PrintStream terminal = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            example.run(new String[] {SERVER.address()});
        } finally {
            System.setOut(terminal);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
