package dev.haft.engine.net;

import dev.haft.engine.loop.Ready;
import dev.haft.engine.loop.SelectorLoop;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** Selection keys that are made when first needed, and channels that are closed whatever happens. */
final class Keys {
    private static final System.Logger LOG = System.getLogger(Keys.class.getName());

    private Keys() {}

    /** Watches a channel for these operations; makes its key if there is none and one is needed. */
    static @Nullable SelectionKey watch(
            SelectorLoop loop, @Nullable SelectionKey key, SelectableChannel channel, int ops, Ready ready)
            throws IOException {
        if (key == null) {
            return ops == 0 ? null : loop.register(channel, ops, ready);
        }
        if (!key.isValid()) {
            throw new ClosedChannelException();
        }
        if (key.interestOps() != ops) {
            key.interestOps(ops);
        }
        return key;
    }

    static void close(@Nullable Channel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "closing " + channel, e);
            }
        }
    }
}
