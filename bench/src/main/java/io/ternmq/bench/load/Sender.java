package io.ternmq.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One thread that sends until it is told to stop or all is sent. */
final class Sender implements Runnable {
    private static final long PERMIT_WAIT_MS = 100;

    private final SendJob job;
    private final SendShape shape;
    private final Pace pace;

    Sender(SendJob job, int threadIndex) {
        this.job = job;
        this.shape = job.shape();
        this.pace = new Pace(shape, threadIndex, System.nanoTime());
    }

    @Override
    public void run() {
        try {
            while (!job.isStopped()) {
                pace.await(job::isStopped);
                if (shape.mode().isByCallback() && !isPermitted(job.permits())) {
                    continue;
                }
                long sequence = job.takeSequence();
                if (sequence < 0) {
                    job.permits().release();
                    return;
                }
                sendOne(sequence);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isPermitted(Semaphore permits) throws InterruptedException {
        return permits.tryAcquire(PERMIT_WAIT_MS, TimeUnit.MILLISECONDS);
    }

    private void sendOne(long sequence) throws InterruptedException {
        long startNs = pace.startNs();
        Acknowledgement done = new Outcome(sequence, startNs);
        try {
            switch (shape.mode()) {
                case SYNC -> {
                    job.client().send(job.payload().body(sequence, startNs));
                    done.succeeded();
                }
                case TRANSACTION -> {
                    job.client().sendInTransaction(job.payload().body(sequence, startNs));
                    done.succeeded();
                }
                case ONE_WAY -> {
                    job.client().sendOneWay(job.payload().body(sequence, startNs));
                    done.succeeded();
                }
                case BATCH -> {
                    job.client().sendBatch(bodies(sequence, startNs));
                    done.succeeded();
                }
                case ASYNC -> job.client().sendAsync(job.payload().body(sequence, startNs), done);
                case BATCH_ASYNC -> job.client().sendBatchAsync(bodies(sequence, startNs), done);
            }
        } catch (InterruptedException stop) {
            throw stop;
        } catch (Exception failure) { // each client has its own
            done.failed(failure);
        }
    }

    private List<byte[]> bodies(long sequence, long startNs) {
        List<byte[]> bodies = new ArrayList<>(shape.batchCount());
        for (int i = 0; i < shape.batchCount(); i++) {
            bodies.add(job.payload().body(sequence + i, startNs));
        }
        return bodies;
    }

    /** Counts what became of one request. */
    private final class Outcome implements Acknowledgement {
        private final long sequence;
        private final long startNs;

        Outcome(long sequence, long startNs) {
            this.sequence = sequence;
            this.startNs = startNs;
        }

        @Override
        public void succeeded() {
            job.tally().onAcknowledged(sequence, shape.batchCount(), startNs);
            release();
        }

        @Override
        public void failed(Throwable failure) {
            job.tally().onFailed(failure, shape.batchCount());
            release();
        }

        private void release() {
            if (shape.mode().isByCallback()) {
                job.permits().release();
            }
        }
    }
}
