package io.ternmq.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundResolverTest {

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final CountDownLatch answered = new CountDownLatch(1);
    private final BackgroundResolver resolver = new BackgroundResolver(this::lookUp);

    @AfterEach
    void close() {
        resolver.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        if (!host.equals("slow")) {
            throw new UnknownHostException(host);
        }
        try {
            answered.await();
        } catch (InterruptedException closed) {
            throw new UnknownHostException("closed");
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    @Test
    void theEventLoopGoesOnWhileANameIsLookedUp() throws Exception {
        EventExecutor loop = loops.next();
        var asked = new AtomicReference<Future<InetSocketAddress>>();
        loop.submit(() -> asked.set(resolve(loop, "slow"))).get(5, TimeUnit.SECONDS);
        assertThat(loop.submit(() -> "served").get(5, TimeUnit.SECONDS)).isEqualTo("served");
        assertThat(asked.get().isDone()).isFalse();
        answered.countDown();
        assertThat(asked.get().get(5, TimeUnit.SECONDS))
                .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 80));
    }

    @Test
    void aNameThatNobodyKnowsFails() throws Exception {
        Future<InetSocketAddress> found = resolve(loops.next(), "nowhere");
        assertThat(found.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(found.cause()).isInstanceOf(UnknownHostException.class);
    }

    private Future<InetSocketAddress> resolve(EventExecutor loop, String host) {
        return resolver.getResolver(loop).resolve(InetSocketAddress.createUnresolved(host, 80));
    }
}
