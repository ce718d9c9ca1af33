package dev.haft.engine.net;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Writes a blocking stream on a thread of its own, and flushes it when nothing more waits. Thread-safe. */
public final class OutputPump {
    private static final System.Logger LOG = System.getLogger(OutputPump.class.getName());
    private static final int BUFFER_BYTES = 64 << 10;

    private final OutputStream out;
    private final boolean closesStream;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private byte[] filling = new byte[BUFFER_BYTES];
    private byte[] writing = new byte[BUFFER_BYTES];
    private int filled;
    private boolean busy;
    private @Nullable Thread thread;
    private @Nullable Runnable whenReady;
    private volatile @Nullable Runnable whenFailed;
    private @Nullable IOException failure;
    private boolean ending;
    private boolean closed;

    /**
     * Writes nothing yet.
     *
     * @param closesStream whether the stream is closed at its end
     */
    public OutputPump(OutputStream out, boolean closesStream) {
        this.out = out;
        this.closesStream = closesStream;
    }

    /** Takes as many bytes as it has room for. */
    int put(ByteBuffer from) throws IOException {
        lock.lock();
        try {
            check();
            int count = Math.min(from.remaining(), filling.length - filled);
            from.get(filling, filled, count);
            filled += count;
            if (count > 0) {
                wake();
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Throws what a write has failed with. */
    void check() throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    boolean hasFailed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    /** Whom to tell when a write fails, whether or not anybody waits for room. */
    void whenFailed(Runnable told) {
        whenFailed = told;
    }

    /** Lets the thread look; there is none before the first byte. */
    private void wake() {
        if (thread == null) {
            thread = new Thread(null, this::run, "haft-output", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
        }
        work.signal();
    }

    /** Tells when there is room, or after the end when all has been written, or it failed; at once if so. */
    void want(Runnable ready) {
        lock.lock();
        try {
            if (isReady()) {
                ready.run();
            } else {
                whenReady = ready;
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isReady() {
        lock.lock();
        try {
            return failure != null || closed || (!ending && filled < filling.length);
        } finally {
            lock.unlock();
        }
    }

    boolean isFlushed() throws IOException {
        lock.lock();
        try {
            check();
            return filled == 0 && !busy && (!ending || closed || thread == null);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will be put. */
    void end() {
        lock.lock();
        try {
            ending = true;
            if (closesStream || thread != null) {
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives what has not been written up. */
    void close() {
        lock.lock();
        try {
            ending = true;
            closed = true;
            filled = 0;
            whenReady = null;
            if (closesStream || thread != null) {
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        int count = next();
        while (count > 0) {
            IOException failed = null;
            try {
                out.write(writing, 0, count);
                if (isIdle()) {
                    out.flush();
                }
            } catch (IOException e) {
                failed = e;
            } catch (RuntimeException e) {
                failed = new IOException("the stream threw " + e, e);
            }
            tell(failed);
            count = failed == null ? next() : 0;
        }
        finish();
    }

    private boolean isIdle() {
        lock.lock();
        try {
            return filled == 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes to write now; 0: none ever more. */
    private int next() {
        lock.lock();
        try {
            while (filled == 0 && !ending && !closed) {
                work.awaitUninterruptibly();
            }
            int count = filled;
            byte[] full = filling;
            filling = writing;
            writing = full;
            filled = 0;
            busy = count > 0;
            if (whenReady != null && isReady()) {
                // There is room again.
                whenReady.run();
                whenReady = null;
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void tell(@Nullable IOException failed) {
        Runnable ready;
        lock.lock();
        try {
            busy = false;
            failure = failure == null ? failed : failure;
            ready = failed != null ? whenFailed : isReady() ? whenReady : null;
            if (ready != null) {
                whenReady = null;
            }
        } finally {
            lock.unlock();
        }
        if (ready != null) {
            ready.run();
        }
    }

    private void finish() {
        IOException failed = null;
        if (closesStream) {
            try {
                out.close();
            } catch (IOException e) {
                failed = e;
                LOG.log(System.Logger.Level.DEBUG, "closing a stream", e);
            }
        }
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        tell(failed);
    }
}
