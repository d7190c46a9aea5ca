package io.ternmq.grpc;

import static org.awaitility.Awaitility.await;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An answer of several messages that may be long in coming. Thread-safe. */
final class HeldAnswer<T> implements StreamObserver<T> {
    private final List<T> parts = new CopyOnWriteArrayList<>();
    private volatile boolean isWhole;

    @Override
    public void onNext(T part) {
        parts.add(part);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {
        isWhole = true;
    }

    /** Nothing of it has come. */
    boolean isHeld() {
        return parts.isEmpty() && !isWhole;
    }

    boolean isWhole() {
        return isWhole;
    }

    /** Waits for its end. */
    List<T> whole() {
        await().until(() -> isWhole);
        return List.copyOf(parts);
    }
}
