package io.ternmq.junit;

import io.ternmq.TernMQ;
import io.ternmq.embedded.EmbeddedProvider;
import io.ternmq.spi.Address;
import io.ternmq.spi.OpenOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Makes the queues of tests with {@link WithTernMQ}. */
final class TernMQExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace QUEUES = ExtensionContext.Namespace.create(TernMQExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == TernMQ.class || type == TestClock.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        TestQueue queue =
                test.getStore(QUEUES).computeIfAbsent(TestQueue.class, missing -> new TestQueue(), TestQueue.class);
        return parameter.getParameter().getType() == TernMQ.class ? queue.mq : queue.time;
    }

    /** One test's queue; the store closes it with the test. */
    private static final class TestQueue implements AutoCloseable {

        private final TurnedTime time = new TurnedTime();
        private final TernMQ mq = EmbeddedProvider.open(Address.parse("mem:"), options(), time);

        private static OpenOptions options() {
            return new OpenOptions(
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Map.of());
        }

        @Override
        public void close() {
            mq.close();
        }
    }
}
