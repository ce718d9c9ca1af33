package dev.haft;

import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Prepares a server socket before it is bound; see {@link ListenOptions#onPrepare()}. On the thread that listens.
 *
 * <p>Source: parity {@code open.listen}.
 */
@ConsumerType
@FunctionalInterface
public interface ListenCallback {
    /**
     * A fresh server socket: set its options; do not bind or close it.
     *
     * @param channel open
     * @return the backlog, at least 1; null: as in the options
     * @throws Exception any: it becomes the cause of the failure to listen
     */
    @Nullable Integer accept(ServerSocketChannel channel) throws Exception;
}
