package dev.haft;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Prepares a socket that is about to connect; see {@link HandleOptions#onPrepare()}. On the handle's loop.
 *
 * <p>Source: parity {@code open.on_prepare}.
 */
@ConsumerType
@FunctionalInterface
public interface PrepareCallback {
    /**
     * A fresh socket, open and non-blocking, bound already if the options say so, with their socket options. Set what else is
     * to be set before it connects; do not connect or close it. {@link Handle#channel()} gives it, too, until this returns.
     *
     * @param handle that is to get the connection
     * @param channel one of possibly several that connect at the same time
     * @return how long this attempt may take; null, or zero: as long as the {@code connectTimeout} over all addresses, which
     *     always holds as well
     * @throws Exception any: {@link ErrorCode#CALLBACK_FAILED}, fatal, with it as the cause
     */
    @Nullable Duration accept(Handle handle, SocketChannel channel) throws Exception;
}
