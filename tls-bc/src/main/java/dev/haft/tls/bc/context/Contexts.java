package dev.haft.tls.bc.context;

import dev.haft.HandleException;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsRole;
import java.time.Clock;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What was made of contexts, kept as long as they are there. One a provider.
 *
 * <p><b>Thread safety</b>: for any number of threads.
 */
public final class Contexts {
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();

    /** By identity (a context is equal to no other one). The values know nothing of their keys, so these can go. */
    private final Map<TlsContext, ContextFiles> known = new WeakHashMap<>();

    /** By the time of this machine. */
    public Contexts() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    /**
     * By another time.
     *
     * @param clock tells what has expired
     * @param nanoTime tells when to look at files again
     */
    Contexts(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * What a context comes to now. Files that have changed are read again, looked at no more often than the context's {@code
     * reloadEvery}; if they cannot be used, what was read before stays, and that is logged once.
     *
     * @param context the options
     * @param role for which side
     * @return for one handshake: it does not change
     * @throws HandleException TLS_FAILED if the options cannot be had; the message says which and why
     */
    public ContextParts parts(TlsContext context, TlsRole role) throws HandleException {
        ContextFiles files;
        lock.lock();
        try {
            files = known.computeIfAbsent(context, unknown -> new ContextFiles(clock, nanoTime));
        } finally {
            lock.unlock();
        }
        return files.parts(context.options(), role);
    }
}
