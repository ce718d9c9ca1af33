package dev.haft.engine.net;

import dev.haft.Endpoint;
import dev.haft.engine.loop.SelectorLoop;
import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Finds the addresses of names, on threads of its own: the JDK's resolver blocks. Thread-safe. */
public final class Addresses {
    private static final System.Logger LOG = System.getLogger(Addresses.class.getName());
    private static final int THREADS = 4;
    private static final int IDLE_SECONDS = 5;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Addresses::thread);

    /** Starts no thread before there is something to resolve. */
    public Addresses() {
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "haft-resolver", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** Finds addresses and tells on the loop. */
    void resolve(
            Endpoint.Tcp endpoint,
            SelectorLoop loop,
            Consumer<List<InetSocketAddress>> found,
            Consumer<Exception> failed) {
        try {
            threads.execute(() -> tell(endpoint, loop, found, failed));
        } catch (RejectedExecutionException e) {
            failed.accept(new UnknownHostException(endpoint.host()));
        }
    }

    private static void tell(
            Endpoint.Tcp endpoint,
            SelectorLoop loop,
            Consumer<List<InetSocketAddress>> found,
            Consumer<Exception> failed) {
        Runnable answer;
        try {
            List<InetSocketAddress> addresses =
                    interleaved(InetAddress.getAllByName(IDN.toASCII(endpoint.host())), endpoint.port());
            answer = () -> found.accept(addresses);
        } catch (UnknownHostException | IllegalArgumentException e) {
            UnknownHostException unknown = new UnknownHostException("unknown host '" + endpoint.host() + "'");
            unknown.initCause(e);
            answer = () -> failed.accept(unknown);
        }
        try {
            loop.execute(answer);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "resolved too late: {0}", endpoint);
        }
    }

    /** RFC 8305 section 4: the families take turns, the one that the system prefers first. */
    private static List<InetSocketAddress> interleaved(InetAddress[] all, int port) {
        ArrayDeque<InetAddress> first = new ArrayDeque<>();
        ArrayDeque<InetAddress> other = new ArrayDeque<>();
        for (InetAddress address : all) {
            (address instanceof Inet6Address == all[0] instanceof Inet6Address ? first : other).add(address);
        }
        List<InetSocketAddress> result = new ArrayList<>(all.length);
        while (!first.isEmpty() || !other.isEmpty()) {
            for (ArrayDeque<InetAddress> family : List.of(first, other)) {
                InetAddress address = family.poll();
                if (address != null) {
                    result.add(new InetSocketAddress(address, port));
                }
            }
        }
        return result;
    }

    /** Lets the threads go. */
    public void close() {
        threads.shutdownNow();
    }
}
