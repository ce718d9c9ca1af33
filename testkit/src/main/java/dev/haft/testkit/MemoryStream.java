package dev.haft.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction of a stream in memory, bounded as a socket's buffers are. What is written as one piece is read as one, by one
 * read or several. Thread-safe.
 */
final class MemoryStream {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuffer> pieces = new ArrayDeque<>();
    private final int capacityBytes;
    private int waiting;
    private boolean ended;
    private boolean readerGone;
    private boolean broken;
    private Runnable reader = MemoryStream::nobody;
    private Runnable writer = MemoryStream::nobody;

    MemoryStream(int capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    private static void nobody() {}

    void reader(Runnable whenReadable) {
        lock.lock();
        try {
            reader = whenReadable;
        } finally {
            lock.unlock();
        }
    }

    void writer(Runnable whenWritable) {
        lock.lock();
        try {
            writer = whenWritable;
        } finally {
            lock.unlock();
        }
    }

    /** From at most one piece: how many bytes; 0: none now, -1: the end. */
    int read(ByteBuffer into) throws IOException {
        int count;
        lock.lock();
        try {
            if (broken) {
                throw new IOException("connection reset in memory");
            }
            ByteBuffer piece = pieces.peek();
            if (piece == null) {
                return ended ? -1 : 0;
            }
            count = Math.min(piece.remaining(), into.remaining());
            into.put(into.position(), piece, piece.position(), count).position(into.position() + count);
            piece.position(piece.position() + count);
            if (!piece.hasRemaining()) {
                pieces.remove();
            }
            waiting -= count;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        writer.run();
        return count;
    }

    /** As one piece, what there is room for. */
    int write(ByteBuffer from) throws IOException {
        int count;
        lock.lock();
        try {
            if (broken) {
                throw new IOException("connection reset in memory");
            }
            if (ended || readerGone) {
                throw new IOException("broken pipe in memory");
            }
            count = Math.min(from.remaining(), capacityBytes - waiting);
            if (count <= 0) {
                return 0;
            }
            byte[] copy = new byte[count];
            from.get(copy);
            pieces.add(ByteBuffer.wrap(copy));
            waiting += count;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        reader.run();
        return count;
    }

    /** As one piece at once, whatever there is room for. */
    void push(byte[] bytes) throws IOException {
        lock.lock();
        try {
            if (readerGone || broken) {
                throw new IOException("the handle is closed");
            }
            if (bytes.length > 0) {
                pieces.add(ByteBuffer.wrap(bytes.clone()));
                waiting += bytes.length;
            }
        } finally {
            lock.unlock();
        }
        reader.run();
    }

    /** Nothing more is written. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        reader.run();
    }

    /** Nothing more is read. */
    void closeReader() {
        lock.lock();
        try {
            readerGone = true;
            pieces.clear();
            waiting = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        writer.run();
    }

    /** As a connection that the other side has broken off; what was not read is lost. */
    void breakOff() {
        lock.lock();
        try {
            broken = true;
            pieces.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        reader.run();
        writer.run();
    }

    /** Waits for so many bytes: fewer if the stream ends or time is over. */
    byte[] await(int count, long nanos) throws InterruptedException {
        byte[] bytes = new byte[count];
        int got = 0;
        long left = nanos;
        lock.lock();
        try {
            while (got < count && (!pieces.isEmpty() || !(ended || broken)) && left > 0) {
                ByteBuffer piece = pieces.peek();
                if (piece == null) {
                    left = changed.awaitNanos(left);
                    continue;
                }
                int part = Math.min(piece.remaining(), count - got);
                piece.get(bytes, got, part);
                got += part;
                waiting -= part;
                if (!piece.hasRemaining()) {
                    pieces.remove();
                }
                // Room for more: the lock is only held by those who do not wait for it here.
                writer.run();
            }
        } finally {
            lock.unlock();
        }
        return Arrays.copyOf(bytes, got);
    }

    /** Waits until everything that was written has been read; whether that came about. */
    boolean awaitDrained(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (!pieces.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return pieces.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it has ended and all was read. */
    boolean isAtEnd() {
        lock.lock();
        try {
            return (ended || broken) && pieces.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
