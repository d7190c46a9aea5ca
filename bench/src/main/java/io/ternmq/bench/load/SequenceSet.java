package io.ternmq.bench.load;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Which sequence numbers were seen: a bit for each, in pieces made when they are first needed. Any thread. */
final class SequenceSet {
    private static final int PIECE_BITS = 1 << 20;
    private static final int PIECES_MAX = 2_048;

    private final AtomicReferenceArray<AtomicLongArray> pieces = new AtomicReferenceArray<>(PIECES_MAX);

    /** @return false when it was there already */
    boolean add(long sequence) {
        AtomicLongArray piece = piece((int) (sequence / PIECE_BITS));
        int bit = (int) (sequence % PIECE_BITS);
        long mask = 1L << bit;
        return (piece.getAndUpdate(bit / Long.SIZE, word -> word | mask) & mask) == 0;
    }

    boolean contains(long sequence) {
        AtomicLongArray piece = pieces.get((int) (sequence / PIECE_BITS));
        int bit = (int) (sequence % PIECE_BITS);
        return piece != null && (piece.get(bit / Long.SIZE) & (1L << bit)) != 0;
    }

    private AtomicLongArray piece(int index) {
        AtomicLongArray piece = pieces.get(index);
        if (piece == null) {
            pieces.compareAndSet(index, null, new AtomicLongArray(PIECE_BITS / Long.SIZE));
            piece = pieces.get(index);
        }
        return piece;
    }
}
