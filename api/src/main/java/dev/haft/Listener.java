package dev.haft;

import java.net.SocketAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An open server socket.
 *
 * <p><b>Thread safety</b>: thread-safe.
 *
 * <p><b>Limits</b>: over {@link ListenOptions#maxConnections()} open connections it accepts no more until one ends; when
 * the process has no descriptors left it logs that once, at most once a minute, looks again every 100 ms, and goes on when
 * there are some.
 */
@ProviderType
public interface Listener extends AutoCloseable {
    /**
     * Where it listens, with the port that the system chose.
     *
     * @return an endpoint that can be connected to (if it is not the address of all interfaces)
     */
    Endpoint endpoint();

    /**
     * Where it listens, as the JDK says it.
     *
     * @return the local address
     */
    SocketAddress address();

    /**
     * Short for the port of {@link #address()}.
     *
     * @return the port
     * @throws IllegalStateException if it is not a TCP listener
     */
    int port();

    /** Accepts nothing until {@link #resume()}; the system's backlog fills. */
    void pause();

    /** Accepts again. */
    void resume();

    /**
     * How many of the connections that it accepted are open.
     *
     * @return connections
     */
    int connections();

    /**
     * Whether it is closed.
     *
     * @return true once {@link #close()} was called, here or by the end of its Haft
     */
    boolean isClosed();

    /**
     * Stops listening; the port is free when this returns, unless it is called on a loop. Connections that were accepted stay
     * open. A Unix-domain socket's file is removed, unless another one has taken its place.
     */
    @Override
    void close();
}
