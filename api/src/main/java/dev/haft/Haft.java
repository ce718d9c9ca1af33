package dev.haft;

import dev.haft.spi.StreamTransport;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The engine as its user sees it, one an application or one an OSGi bundle: opens handles and listeners, and owns them.
 *
 * <p>Outside OSGi {@link #open()} makes one, with event loops of its own on daemon threads. In an OSGi container take the
 * service {@code dev.haft.Haft}: each bundle gets its own over shared loops; its {@link #close()} closes what that bundle
 * opened and leaves it usable, and it ends when the bundle stops.
 *
 * <p><b>Thread safety</b>: thread-safe. A handle that is opened on a thread that is a loop's stays on that loop; others
 * are spread over the loops.
 *
 * <p><b>Errors</b>: after the end of a Haft everything that opens is an IllegalStateException.
 *
 * <pre>{@code
 * try (Haft haft = Haft.open()) {
 *     Handle mpd = haft.connect(Endpoint.tcp("mpd.local", 6600));
 *     mpd.pushWrite("status\n");
 *     String greeting = mpd.read(line()).join();
 * }
 * }</pre>
 */
@ProviderType
public interface Haft extends AutoCloseable {
    /**
     * Opens a Haft with the default settings.
     *
     * @return a new one; close it at the end
     * @throws IllegalStateException if no engine is found
     */
    static Haft open() {
        return builder().open();
    }

    /**
     * For other settings.
     *
     * @return a builder
     */
    static HaftBuilder builder() {
        return new HaftBuilder();
    }

    /**
     * Connects, with the default options.
     *
     * @param endpoint where to
     * @return at once; see {@link #connect(Endpoint, HandleOptions)}
     */
    Handle connect(Endpoint endpoint);

    /**
     * Connects. Reads, writes and settings may be pushed while it does; they count against the limits at once. Timeouts of
     * inactivity begin with the connection.
     *
     * <p>All addresses of a host are tried as in RFC 8305: the families take turns, the next one begins when one fails or has
     * not answered within 250 ms, the first that answers wins and the others are closed. If
     * {@link HandleOptions#onConnect() onConnect} declines it, those that were closed in favour of it are tried again before
     * the ones that were not tried yet. {@link HandleOptions#onPrepare() onPrepare} is called for each socket, thus also for
     * ones that lose. For a service name its SRV records (RFC 2782) are asked first, then its well-known port is taken.
     *
     * @param endpoint where to
     * @param options of the handle
     * @return at once; if the connection fails the handle's {@code onConnectError}, or else its {@code onError}, is called
     *     with a fatal UNKNOWN_HOST (also for a service that is not known or not offered), CONNECTION_REFUSED, UNREACHABLE,
     *     TIMED_OUT or IO
     */
    Handle connect(Endpoint endpoint, HandleOptions options);

    /**
     * Listens, with the default options.
     *
     * @param endpoint where; port 0: the system chooses
     * @param accepted gets each connection on its loop; a {@link Protocol}, say
     * @return open
     * @throws HandleException if it cannot be listened there: the cause tells
     */
    Listener listen(Endpoint endpoint, Consumer<? super Handle> accepted) throws HandleException;

    /**
     * Listens. It may wait for the lookup of a name: on a loop give an address.
     *
     * <p>An empty host is all addresses, IPv4 and IPv6; {@code 0.0.0.0} is all of IPv4 only. A Unix-domain socket's file that
     * nobody listens on any more is replaced; any other file at that path is left alone, and is an error.
     *
     * @param endpoint where; port 0: the system chooses
     * @param options of the listener and of the handles that it accepts
     * @param accepted gets each connection on its loop; a {@link Protocol}, say
     * @return open
     * @throws HandleException if it cannot be listened there: the cause tells
     */
    Listener listen(Endpoint endpoint, ListenOptions options, Consumer<? super Handle> accepted) throws HandleException;

    /**
     * Makes a handle of a channel that is open already, with the default options.
     *
     * @param channel see {@link #open(SelectableChannel, HandleOptions)}
     * @return the handle
     */
    Handle open(SelectableChannel channel);

    /**
     * Makes a handle of a channel that is open already: a connected SocketChannel, or one end of a pipe (then the other
     * direction is closed from the start). It becomes non-blocking and belongs to the handle.
     *
     * @param channel a stream
     * @param options of the handle
     * @return the handle
     * @throws IllegalArgumentException if the channel is not a stream (a datagram or server channel), closed, not connected,
     *     or registered with a selector
     */
    Handle open(SelectableChannel channel, HandleOptions options);

    /**
     * Makes one handle of the ends of two pipes.
     *
     * @param source what it reads
     * @param sink what it writes
     * @param options of the handle
     * @return the handle
     */
    Handle open(Pipe.SourceChannel source, Pipe.SinkChannel sink, HandleOptions options);

    /**
     * Makes a handle of two streams, with the default options.
     *
     * @param in what it reads
     * @param out what it writes
     * @return the handle
     */
    Handle open(InputStream in, OutputStream out);

    /**
     * Makes a handle of two streams (a process, a serial line). A thread of its own does the blocking reads, only while
     * somebody wants to read; another one the writes, flushing when nothing more waits. Both streams are closed with the
     * handle.
     *
     * @param in what it reads
     * @param out what it writes
     * @param options of the handle
     * @return the handle
     */
    Handle open(InputStream in, OutputStream out, HandleOptions options);

    /**
     * Makes a handle of a stream that the program brings along: one in memory for tests, say.
     *
     * @param transport moves the bytes; closed with the handle
     * @param options of the handle
     * @return the handle
     */
    Handle open(StreamTransport transport, HandleOptions options);

    /**
     * A handle on standard input and output, with the default options.
     *
     * @return the handle
     */
    Handle stdio();

    /**
     * A handle on standard input and output (parity {@code open.stdin}). Closing it does not close them. What was read
     * ahead (at most 64 KiB) when it ends belongs to the next one.
     *
     * @param options of the handle
     * @return the handle
     * @throws IllegalStateException if there is one already that has not ended
     */
    Handle stdio(HandleOptions options);

    /**
     * An event loop: the current one, if the caller is on one of this Haft, or else any.
     *
     * @return a loop
     */
    EventLoop loop();

    /**
     * The read and write types by name.
     *
     * @return the live registry
     */
    Types types();

    /**
     * The handles that are not closed yet.
     *
     * @return a snapshot
     */
    Collection<Handle> handles();

    /**
     * The listeners that are open.
     *
     * @return a snapshot
     */
    Collection<Listener> listeners();

    /**
     * Waits until this Haft is closed (AnyEvent's {@code recv}): loop threads are daemons and do not keep a program
     * alive.
     *
     * @throws InterruptedException if the thread is interrupted
     * @throws IllegalStateException on a loop thread
     */
    void join() throws InterruptedException;

    /**
     * Waits until this Haft is closed, but not for ever.
     *
     * @param timeout how long
     * @throws InterruptedException if the thread is interrupted
     * @throws TimeoutException if it is not closed by then
     * @throws IllegalStateException on a loop thread
     */
    void join(Duration timeout) throws InterruptedException, TimeoutException;

    /**
     * Whether it has ended.
     *
     * @return true once nothing can be opened any more
     */
    boolean isClosed();

    /**
     * Closes its listeners, then its handles in order (see {@link Handle#close()}), and waits for them, at most the
     * {@code closeTimeout}; what is left then is cut. On a loop thread it does not wait. Linger ends with it.
     */
    @Override
    void close();
}
