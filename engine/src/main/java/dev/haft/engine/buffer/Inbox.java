package dev.haft.engine.buffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Where bytes wait that have come and were not consumed, for all handles of a loop. While a handle is served they lie in the
 * one scratch buffer; what is left over then moves to a buffer of the handle's own, which goes back to the pool when it is
 * empty. So a handle needs nothing but a reference: {@link #EMPTY}, most of the time.
 *
 * <p>Each method takes the handle's buffer (array-backed, big-endian, from the first unread byte to the last) and gives the
 * one that takes its place. Appending costs amortized O(1) a byte, however a stream is cut. For the loop.
 */
public final class Inbox {
    /** No bytes. Cannot be written to or moved within, so that all may share it. */
    public static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    /** Below this, a buffer that is nearly empty is kept. */
    private static final int SMALL_BYTES = 4096;

    private final BufferPool pool = new BufferPool();
    private @Nullable ByteBuffer scratch;

    private ByteBuffer scratch() {
        ByteBuffer buffer = scratch;
        if (buffer == null) {
            buffer = ByteBuffer.allocate(LoopBuffers.CALL_BYTES);
            scratch = buffer;
        }
        return buffer;
    }

    private boolean isScratch(ByteBuffer unread) {
        return scratch != null && unread.array() == scratch.array();
    }

    /** Adds what remains in a buffer; to none, at most {@link LoopBuffers#CALL_BYTES}. */
    public ByteBuffer append(ByteBuffer unread, ByteBuffer from) {
        int count = from.remaining();
        if (unread.capacity() == 0) {
            ByteBuffer shared = scratch();
            from.get(shared.array(), 0, count);
            return shared.limit(count).position(0);
        }
        ByteBuffer roomy = withRoom(unread, count);
        int end = roomy.limit();
        from.get(roomy.array(), end, count);
        return roomy.limit(end + count);
    }

    private ByteBuffer withRoom(ByteBuffer unread, int count) {
        if (unread.capacity() - unread.limit() >= count && !isScratch(unread)) {
            return unread;
        }
        int size = unread.remaining();
        // To move the bytes down is only cheap enough when as many have been consumed.
        if (!isScratch(unread) && unread.capacity() - size >= count && unread.position() >= size) {
            System.arraycopy(unread.array(), unread.position(), unread.array(), 0, size);
            return unread.position(0).limit(size);
        }
        // Twice the bytes, so that a window that slides does not move them for each byte.
        return moved(unread, (int) Math.min(Integer.MAX_VALUE, size + (long) Math.max(count, size)));
    }

    /** The pass over the handle ends: frees the scratch buffer, and a buffer that is empty or far too large. */
    public ByteBuffer settle(ByteBuffer unread) {
        int size = unread.remaining();
        if (size == 0) {
            return release(unread);
        }
        if (isScratch(unread) || (unread.capacity() > SMALL_BYTES && size < unread.capacity() / 8)) {
            return moved(unread, size);
        }
        return unread;
    }

    /** Drops all bytes. */
    public ByteBuffer release(ByteBuffer unread) {
        if (unread.capacity() > 0 && !isScratch(unread)) {
            pool.give(unread);
        }
        return EMPTY;
    }

    private ByteBuffer moved(ByteBuffer unread, int room) {
        ByteBuffer to = pool.take(room);
        int size = unread.remaining();
        System.arraycopy(unread.array(), unread.position(), to.array(), 0, size);
        release(unread);
        return to.order(ByteOrder.BIG_ENDIAN).limit(size).position(0);
    }
}
