package dev.haft.engine.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Array-backed buffers of a power of two, for what is left over in an {@link Inbox}. Keeps a few of the small ones; what is
 * larger than 64 KiB is left to the garbage collector. For one thread.
 */
final class BufferPool {
    private static final int SMALLEST_SHIFT = 8;
    private static final int LARGEST_SHIFT = 16;
    private static final int KEPT_BYTES_A_SIZE = 256 << 10;

    /** The largest array that every JVM can make. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final ArrayDeque<ByteBuffer>[] free = newDeques();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ArrayDeque<ByteBuffer>[] newDeques() {
        return new ArrayDeque[LARGEST_SHIFT - SMALLEST_SHIFT + 1];
    }

    /** A buffer with room for so many bytes; position and limit are 0. */
    ByteBuffer take(int bytes) {
        int shift = Math.max(SMALLEST_SHIFT, 32 - Integer.numberOfLeadingZeros(bytes - 1));
        if (shift > 30) {
            return ByteBuffer.allocate(LARGEST_ARRAY).limit(0);
        }
        ArrayDeque<ByteBuffer> sized = shift <= LARGEST_SHIFT ? free[shift - SMALLEST_SHIFT] : null;
        ByteBuffer kept = sized == null ? null : sized.pollLast();
        return kept == null ? ByteBuffer.allocate(1 << shift).limit(0) : kept;
    }

    void give(ByteBuffer buffer) {
        int shift = Integer.numberOfTrailingZeros(buffer.capacity());
        if (shift > LARGEST_SHIFT || buffer.capacity() != 1 << shift) {
            return;
        }
        int size = shift - SMALLEST_SHIFT;
        ArrayDeque<ByteBuffer> sized = free[size];
        if (sized == null) {
            sized = new ArrayDeque<>();
            free[size] = sized;
        }
        if (sized.size() < KEPT_BYTES_A_SIZE >> shift) {
            sized.addLast(buffer.clear().limit(0));
        }
    }
}
