package io.ternmq;

import io.ternmq.spi.Address;
import io.ternmq.spi.EngineProvider;
import io.ternmq.spi.OpenOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens a queue with settings. For one thread. */
public final class TernMQBuilder {

    private final Address address;
    private final List<BodyConverter> converters = new ArrayList<>();
    private final List<SendInterceptor> sendInterceptors = new ArrayList<>();
    private final List<ConsumeInterceptor> consumeInterceptors = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private String instance = "";
    private @Nullable Credentials credentials;
    private @Nullable Tls tls;
    private OpenOptions.@Nullable TransactionParticipant transactions;

    TernMQBuilder(String address) {
        this.address = Address.parse(address);
    }

    /**
     * Names this process among those of its groups. By default the engine makes a name.
     *
     * @param name not empty, and different in each process
     * @return this
     */
    public TernMQBuilder instance(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("instance: '' (expected: not empty)");
        }
        instance = name;
        return this;
    }

    /**
     * Says who this is.
     *
     * @param who a name and its secret
     * @return this
     */
    public TernMQBuilder credentials(Credentials who) {
        credentials = Objects.requireNonNull(who, "credentials");
        return this;
    }

    /**
     * Encrypts the network.
     *
     * @param how whom to trust
     * @return this
     */
    public TernMQBuilder tls(Tls how) {
        tls = Objects.requireNonNull(how, "tls");
        return this;
    }

    /**
     * Adds a converter. Those that {@link ServiceLoader} finds come behind, then bytes and strings.
     *
     * @param converter makes bodies of objects, and objects of bodies
     * @return this
     */
    public TernMQBuilder converter(BodyConverter converter) {
        converters.add(converter);
        return this;
    }

    /**
     * Adds an interceptor of sends.
     *
     * @param interceptor sees every message before it is sent
     * @return this
     */
    public TernMQBuilder intercept(SendInterceptor interceptor) {
        sendInterceptors.add(interceptor);
        return this;
    }

    /**
     * Adds an interceptor of handlers.
     *
     * @param interceptor stands around every handler
     * @return this
     */
    public TernMQBuilder intercept(ConsumeInterceptor interceptor) {
        consumeInterceptors.add(interceptor);
        return this;
    }

    /**
     * Registers who decides what a crash left undecided. {@link TernMQ#prepare} needs it.
     *
     * @param producerGroup the instances that may answer for one another
     * @param checker       knows what became of the work
     * @return this
     */
    public TernMQBuilder transactions(String producerGroup, TransactionChecker checker) {
        transactions = new OpenOptions.TransactionParticipant(producerGroup, checker);
        return this;
    }

    /**
     * Sets what only this kind of queue knows.
     *
     * @param name  a setting of the engine; one it does not know is refused by {@link #open}
     * @param value its value, as text
     * @return this
     */
    public TernMQBuilder set(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /**
     * Opens the queue.
     *
     * @return an open queue
     * @throws IllegalArgumentException when no engine on the class path knows the address, or a setting is wrong
     * @throws TernMQException          when it cannot be opened
     */
    public TernMQ open() {
        Set<String> known = new TreeSet<>();
        for (EngineProvider provider : ServiceLoader.load(EngineProvider.class, loader())) {
            if (provider.schemes().contains(address.scheme())) {
                return provider.open(address, options());
            }
            known.addAll(provider.schemes());
        }
        throw new IllegalArgumentException("address: '" + address + "' (expected: one that begins with one of " + known
                + ", which are those of the engines on the class path)");
    }

    private OpenOptions options() {
        Stream<BodyConverter> found =
                ServiceLoader.load(BodyConverter.class, loader()).stream().map(ServiceLoader.Provider::get);
        return new OpenOptions(
                instance,
                Optional.ofNullable(credentials),
                Optional.ofNullable(tls),
                Stream.concat(converters.stream(), found).toList(),
                sendInterceptors,
                consumeInterceptors,
                Optional.ofNullable(transactions),
                settings);
    }

    private static @Nullable ClassLoader loader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread != null ? ofThread : TernMQBuilder.class.getClassLoader();
    }
}
