package dev.haft.engine.buffer;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A piece of an {@link Outbox}: small writes share one from the pool, a large one brings its own array. */
class Segment {
    /** Small, as a peer that reads slowly keeps at least one. */
    static final int BYTES = 4096;

    final byte[] bytes;
    final boolean pooled;
    int start;
    int end;

    @Nullable Segment next;

    Segment(byte[] bytes, int end, boolean pooled) {
        this.bytes = bytes;
        this.end = end;
        this.pooled = pooled;
    }

    /** One that takes over an array. */
    static Segment of(byte[] bytes, int length) {
        return new Segment(bytes, length, false);
    }

    int room() {
        return pooled ? bytes.length - end : 0;
    }

    /** Empty segments of a loop. */
    static final class Pool {
        private static final int KEPT = 64;
        private final ArrayDeque<Segment> free = new ArrayDeque<>();

        Segment take() {
            Segment segment = free.pollLast();
            return segment == null ? new Segment(new byte[BYTES], 0, true) : segment;
        }

        void give(Segment segment) {
            segment.next = null;
            if (segment.pooled && free.size() < KEPT) {
                segment.start = 0;
                segment.end = 0;
                free.addLast(segment);
            }
        }
    }
}
