package dev.haft.engine.handle;

import dev.haft.HandleException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Who is told what a {@link Transport} can do: the handle, or what finishes it. On the loop. */
public interface TransportUser {
    /** Something that was wanted is possible. */
    void ready(boolean readable, boolean writable);

    /**
     * A socket is about to connect.
     *
     * @return how long it may take; null or zero: no limit of its own
     */
    @Nullable Duration prepare(SocketChannel fresh);

    /**
     * The transport that only stood for a connection in the making is replaced by the real one.
     *
     * @param transport with the options of the handle
     * @param connecting the former one, which when used again goes on to the next address
     */
    void connected(Transport transport, Transport connecting);

    /** There will be no connection. */
    void connectFailed(HandleException error);
}
