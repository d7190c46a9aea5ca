package io.ternmq.junit;

import io.ternmq.TernMQ;
import io.ternmq.embedded.EmbeddedProvider;
import io.ternmq.spi.Address;
import io.ternmq.spi.OpenOptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Makes the queues of tests with {@link WithTernMQ}. It uses nothing of a store but what JUnit has had since 5.0, and closes the queues itself: stores
 * close them by themselves only from 5.13 on.
 */
final class TernMQExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace QUEUES = ExtensionContext.Namespace.create(TernMQExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == TernMQ.class || type == TestClock.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        TestQueue queue = queue(test.getStore(QUEUES));
        return parameter.getParameter().getType() == TernMQ.class ? queue.mq : queue.time;
    }

    private static TestQueue queue(ExtensionContext.Store store) {
        TestQueue known = store.get(TestQueue.class, TestQueue.class);
        if (known != null) {
            return known;
        }
        TestQueue queue = new TestQueue();
        store.put(TestQueue.class, queue);
        return queue;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        close(test);
    }

    /** The queue of a constructor or of what is done before all. */
    @Override
    public void afterAll(ExtensionContext tests) {
        close(tests);
    }

    private static void close(ExtensionContext context) {
        TestQueue queue = context.getStore(QUEUES).remove(TestQueue.class, TestQueue.class);
        if (queue != null) {
            queue.close();
        }
    }

    /** One test's queue. */
    private static final class TestQueue implements AutoCloseable {

        private final TurnedTime time = new TurnedTime();
        private final TernMQ mq = EmbeddedProvider.open(Address.parse("mem:"), OpenOptions.NONE, time);

        @Override
        public void close() {
            mq.close();
        }
    }
}
