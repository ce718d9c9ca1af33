package dev.haft;

import java.net.SocketAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears that a handle is connected; see {@link HandleOptions#onConnect()}. On the handle's loop.
 *
 * <p>Source: parity {@code open.on_connect}.
 */
@ConsumerType
@FunctionalInterface
public interface ConnectCallback {
    /**
     * There is a connection; nothing has been read or written yet.
     *
     * <p>Most programs ignore {@code retry}. It declines this connection and goes on to the next address: the connection is
     * closed, what was read and what was pushed to be read or written is dropped (futures fail with DESTROYED), and the end of
     * the stream, a shutdown and an error of the read side are forgotten; callbacks (with {@code onEach}), limits, timeouts
     * and the attachment stay. What is pushed from then on is for the next connection, of which this callback hears; without
     * another address it is {@code onConnectError}. It may be run now or later, once, from any thread; after the end of the
     * handle it does nothing.
     *
     * @param handle connected
     * @param address of the peer
     * @param retry goes on to the next address
     * @throws Exception any: {@link ErrorCode#CALLBACK_FAILED}, fatal, with it as the cause
     */
    void accept(Handle handle, SocketAddress address, Runnable retry) throws Exception;
}
