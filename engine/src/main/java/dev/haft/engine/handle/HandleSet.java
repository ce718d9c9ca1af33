package dev.haft.engine.handle;

import dev.haft.Handle;
import dev.haft.engine.types.TlsProviders;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The handles of one Haft that have not ended. Each knows its place, so that one costs a reference. Thread-safe. */
public final class HandleSet implements Owner {
    private static final int SMALLEST = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable StreamHandle[] handles = new StreamHandle[SMALLEST];
    private int size;

    private final TlsProviders tls;

    /** None yet. */
    public HandleSet(TlsProviders tls) {
        this.tls = tls;
    }

    @Override
    public TlsProviders tls() {
        return tls;
    }

    /** Adds one that has just been made. */
    public void add(StreamHandle handle) {
        lock.lock();
        try {
            if (size == handles.length) {
                handles = Arrays.copyOf(handles, size * 2);
            }
            handle.place = size;
            handles[size++] = handle;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(Handle ended) {
        lock.lock();
        try {
            StreamHandle last = handles[--size];
            handles[size] = null;
            if (last != null && last != ended) {
                int place = ((StreamHandle) ended).place;
                last.place = place;
                handles[place] = last;
            }
            if (handles.length > SMALLEST && size < handles.length / 4) {
                handles = Arrays.copyOf(handles, handles.length / 2);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those that have not ended now. */
    public List<StreamHandle> snapshot() {
        lock.lock();
        try {
            return Arrays.asList(Arrays.copyOf(handles, size));
        } finally {
            lock.unlock();
        }
    }
}
