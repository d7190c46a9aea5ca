package io.ternmq.client;

import io.ternmq.TernMQ;
import io.ternmq.TransactionChecker.Decision;
import io.ternmq.engine.StoredMessage;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.runtime.EngineMQ;
import io.ternmq.spi.Address;
import io.ternmq.spi.EngineProvider;
import io.ternmq.spi.OpenOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens queues on servers. Nothing is connected until something is asked, so an application may start before its server. */
public final class TernProvider implements EngineProvider {

    private static final Logger LOG = LoggerFactory.getLogger(TernProvider.class);

    /** For {@link java.util.ServiceLoader}. */
    public TernProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of(ServerAddress.SCHEME);
    }

    @Override
    public TernMQ open(Address address, OpenOptions options) {
        List<HostPort> nameServers = ServerAddress.nameServers(address);
        ClientSettings settings = ClientSettings.read(options.settings());
        ServerEngine engine =
                new ServerEngine(nameServers, settings, options, SystemEpochClock.INSTANCE, SystemNanoClock.INSTANCE);
        options.transactions()
                .ifPresent(participant -> engine.answerQuestions(participant.producerGroup(), checker(options)));
        return EngineMQ.of(engine, options);
    }

    private static Function<StoredMessage, Decision> checker(OpenOptions options) {
        Optional<OpenOptions.TransactionParticipant> participant = options.transactions();
        return stored -> {
            try {
                return participant.orElseThrow().checker().check(EngineMQ.received(stored, options));
            } catch (Exception undecided) { // whatever the application throws, the server asks again
                LOG.warn("What became of the transaction of message {} is not known now", stored.id(), undecided);
                return Decision.UNKNOWN;
            }
        };
    }
}
