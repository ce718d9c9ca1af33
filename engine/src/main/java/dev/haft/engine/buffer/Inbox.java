package dev.haft.engine.buffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes that have come and were not consumed. While its handle is served they lie in the loop's scratch buffer; what is
 * left over then moves to a buffer of its own, which goes back to the pool when it is empty.
 *
 * <p>Appending costs amortized O(1) a byte, however a stream is cut.
 */
public final class Inbox {
    /** Cannot be written to or moved within, so that all may share it. */
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    /** Below this, a buffer that is nearly empty is kept. */
    private static final int SMALL_BYTES = 4096;

    private ByteBuffer bytes = NONE;
    private boolean borrowed;

    /** From the first unread byte to the last; array-backed, big-endian. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** How many unread bytes there are. */
    public int size() {
        return bytes.remaining();
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    /** Adds what remains in a buffer. */
    public void append(ByteBuffer from, LoopBuffers buffers) {
        int count = from.remaining();
        if (bytes.capacity() == 0 && count <= LoopBuffers.CALL_BYTES) {
            bytes = buffers.scratch().position(0);
            bytes.limit(count);
            borrowed = true;
            from.get(bytes.array(), 0, count);
            return;
        }
        makeRoom(count, buffers);
        int end = bytes.limit();
        from.get(bytes.array(), end, count);
        bytes.limit(end + count);
    }

    private void makeRoom(int count, LoopBuffers buffers) {
        if (bytes.capacity() - bytes.limit() >= count && !borrowed) {
            return;
        }
        int size = size();
        // To move the bytes down is only cheap enough when as many have been consumed.
        if (!borrowed && bytes.capacity() - size >= count && bytes.position() >= size) {
            System.arraycopy(bytes.array(), bytes.position(), bytes.array(), 0, size);
            bytes.position(0).limit(size);
            return;
        }
        // Twice the bytes, so that a window that slides does not move them for each byte.
        move(buffers.pool().take((int) Math.min(Integer.MAX_VALUE, size + (long) Math.max(count, size))), buffers);
    }

    /** The pass over the handle ends: gives the scratch buffer back, or a buffer of its own that is empty or far too large. */
    public void settle(LoopBuffers buffers) {
        int size = size();
        if (size == 0) {
            release(buffers);
        } else if (borrowed || (bytes.capacity() > SMALL_BYTES && size < bytes.capacity() / 8)) {
            move(buffers.pool().take(size), buffers);
        }
    }

    /** Drops all bytes. */
    public void release(LoopBuffers buffers) {
        if (bytes.capacity() > 0 && !borrowed) {
            buffers.pool().give(bytes);
        }
        borrowed = false;
        bytes = NONE;
    }

    private void move(ByteBuffer to, LoopBuffers buffers) {
        int size = size();
        System.arraycopy(bytes.array(), bytes.position(), to.array(), 0, size);
        release(buffers);
        bytes = to.order(ByteOrder.BIG_ENDIAN).position(0).limit(size);
    }
}
