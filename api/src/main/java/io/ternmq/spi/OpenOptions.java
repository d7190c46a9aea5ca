package io.ternmq.spi;

import io.ternmq.BodyConverter;
import io.ternmq.ConsumeInterceptor;
import io.ternmq.Credentials;
import io.ternmq.SendInterceptor;
import io.ternmq.Tls;
import io.ternmq.TransactionChecker;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an application said when it opened a queue.
 *
 * @param instance           names this process among those of its groups; empty where the engine is to make a name
 * @param credentials        who it is
 * @param tls                how the network is encrypted; empty for plain text
 * @param converters         make bodies of objects; the first that knows a type is taken
 * @param sendInterceptors   see every message before it is sent, in this order
 * @param consumeInterceptors stand around every handler, the first outermost
 * @param transactions       who decides what a crash left undecided
 * @param settings           what only one engine knows, by name
 */
public record OpenOptions(
        String instance,
        Optional<Credentials> credentials,
        Optional<Tls> tls,
        List<BodyConverter> converters,
        List<SendInterceptor> sendInterceptors,
        List<ConsumeInterceptor> consumeInterceptors,
        Optional<TransactionParticipant> transactions,
        Map<String, String> settings) {

    /** Nothing was said. */
    public static final OpenOptions NONE = new OpenOptions(
            "", Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), Map.of());

    /** Keeps copies of the lists. */
    public OpenOptions {
        converters = List.copyOf(converters);
        sendInterceptors = List.copyOf(sendInterceptors);
        consumeInterceptors = List.copyOf(consumeInterceptors);
        settings = Map.copyOf(settings);
    }

    /**
     * Whom to ask about transactions.
     *
     * @param producerGroup the instances that may answer for one another
     * @param checker       answers
     */
    public record TransactionParticipant(String producerGroup, TransactionChecker checker) {}
}
