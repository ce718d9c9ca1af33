package dev.haft.engine.net;

import dev.haft.Endpoint;
import dev.haft.engine.loop.SelectorLoop;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Looks names up on threads of its own, because that may block, and tells on a loop. Thread-safe. */
final class ResolverThreads {
    private static final System.Logger LOG = System.getLogger(ResolverThreads.class.getName());

    /** Some names that nobody answers for must not keep all others from being looked up. */
    private static final int THREADS = 16;

    private static final int IDLE_SECONDS = 5;

    private final Lookup lookup;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), ResolverThreads::thread);

    /** Starts no thread before there is something to look up. */
    ResolverThreads(Lookup lookup) {
        this.lookup = lookup;
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "haft-resolver", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** Who waits for addresses; told on its loop, once. */
    interface Asker {
        void found(List<InetSocketAddress> addresses);

        void failed(Exception why);
    }

    /**
     * Finds the addresses of an endpoint.
     *
     * @param isWanted from any thread: whether anybody still waits
     */
    void find(Endpoint endpoint, SelectorLoop loop, BooleanSupplier isWanted, Asker asker) {
        try {
            threads.execute(() -> {
                if (isWanted.getAsBoolean()) {
                    tell(loop, endpoint, answer(endpoint, asker));
                }
            });
        } catch (RejectedExecutionException e) {
            asker.failed(new UnknownHostException("the engine has ended"));
        }
    }

    private Runnable answer(Endpoint endpoint, Asker asker) {
        try {
            List<InetSocketAddress> addresses = lookup.find(endpoint);
            return () -> asker.found(addresses);
        } catch (UnknownHostException e) {
            return () -> asker.failed(e);
        } catch (Throwable t) {
            // An Error of somebody's resolver, say: who waits must hear of it.
            UnknownHostException failure = new UnknownHostException("looking it up failed: " + t);
            failure.initCause(t);
            return () -> asker.failed(failure);
        }
    }

    private static void tell(SelectorLoop loop, Endpoint endpoint, Runnable answer) {
        if (!loop.offer(answer)) {
            LOG.log(System.Logger.Level.DEBUG, "looked up too late: {0}", endpoint);
        }
    }

    /** Lets the threads go. */
    void close() {
        threads.shutdownNow();
    }
}
