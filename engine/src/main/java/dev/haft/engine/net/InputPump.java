package dev.haft.engine.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads a blocking stream on a thread of its own, one piece at a time and only while somebody wants it: what nobody asked for
 * stays in the stream. Thread-safe.
 */
public final class InputPump {
    private static final System.Logger LOG = System.getLogger(InputPump.class.getName());
    private static final int PIECE_BYTES = 64 << 10;

    private final InputStream in;
    private final boolean closesStream;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final byte[] bytes = new byte[PIECE_BYTES];
    private final ByteBuffer piece = ByteBuffer.wrap(bytes).limit(0);
    private @Nullable Thread thread;
    private @Nullable Runnable whenReady;
    private @Nullable IOException failure;
    private boolean ended;
    private boolean closed;

    /**
     * Reads nothing yet.
     *
     * @param closesStream whether the stream is closed with the pump
     */
    public InputPump(InputStream in, boolean closesStream) {
        this.in = in;
        this.closesStream = closesStream;
    }

    /** Takes what is there; 0: nothing, -1: the stream has ended. */
    int take(ByteBuffer into) throws IOException {
        lock.lock();
        try {
            if (piece.hasRemaining()) {
                int count = Math.min(piece.remaining(), into.remaining());
                into.put(bytes, piece.position(), count);
                piece.position(piece.position() + count);
                return count;
            }
            if (failure != null) {
                throw failure;
            }
            return ended ? -1 : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Asks for bytes; tells when there are some, or the end; at once if there are. */
    void want(Runnable ready) {
        lock.lock();
        try {
            if (isReady()) {
                ready.run();
                return;
            }
            whenReady = ready;
            if (thread == null) {
                thread = new Thread(null, this::run, "haft-input", 0, false);
                thread.setDaemon(true);
                thread.setContextClassLoader(null);
                thread.start();
            }
            wanted.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isReady() {
        lock.lock();
        try {
            return piece.hasRemaining() || ended || failure != null;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (awaitDemand()) {
            int count = 0;
            IOException failed = null;
            try {
                // Nobody else touches the array while the piece is empty.
                count = in.read(bytes);
            } catch (IOException e) {
                failed = e;
            } catch (RuntimeException e) {
                failed = new IOException("the stream threw " + e, e);
            }
            arrived(count, failed);
        }
    }

    private boolean awaitDemand() {
        lock.lock();
        try {
            while (!closed && whenReady == null) {
                wanted.awaitUninterruptibly();
            }
            return !closed && !ended && failure == null;
        } finally {
            lock.unlock();
        }
    }

    private void arrived(int count, @Nullable IOException failed) {
        Runnable tell;
        lock.lock();
        try {
            failure = failed;
            ended = count < 0;
            piece.limit(Math.max(0, count)).position(0);
            tell = isReady() ? whenReady : null;
            if (tell != null) {
                whenReady = null;
            }
        } finally {
            lock.unlock();
        }
        if (tell != null) {
            tell.run();
        }
    }

    /** Stops telling; a read that is under way keeps what it gets for the next user. */
    void release() {
        lock.lock();
        try {
            whenReady = null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread as soon as the stream lets it. */
    void close() {
        if (!closesStream) {
            release();
            return;
        }
        lock.lock();
        try {
            closed = true;
            whenReady = null;
            wanted.signal();
        } finally {
            lock.unlock();
        }
        // A thread may be waiting in the stream, and closing may wait for that thread: not on the loop.
        Thread closer = new Thread(null, this::closeStream, "haft-input-close", 0, false);
        closer.setDaemon(true);
        closer.setContextClassLoader(null);
        closer.start();
    }

    private void closeStream() {
        try {
            in.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a stream", e);
        }
    }
}
