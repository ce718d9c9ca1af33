package dev.haft.engine.handle;

import dev.haft.HandleOptions;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.Map;

/** Sets the socket options that a handle is to have. */
public final class SocketOptions {
    /** The JDK has this option without giving it a public constant. */
    private static final String OOB_INLINE = "SO_OOBINLINE";

    private SocketOptions() {}

    /** Sets what the options say and the transport's channel has. */
    public static void apply(HandleOptions options, Transport transport) throws IOException {
        applyOwn(options, transport);
        for (Map.Entry<SocketOption<?>, Object> option : options.options().entrySet()) {
            set(transport, option.getKey(), option.getValue());
        }
    }

    /** Those that have a name of their own here. */
    static void applyOwn(HandleOptions options, Transport transport) throws IOException {
        Boolean noDelay = options.noDelay();
        if (noDelay != null) {
            transport.option(StandardSocketOptions.TCP_NODELAY, noDelay);
        }
        Boolean keepAlive = options.keepAlive();
        if (keepAlive != null) {
            transport.option(StandardSocketOptions.SO_KEEPALIVE, keepAlive);
        }
        if (transport.channel() instanceof NetworkChannel channel) {
            for (SocketOption<?> option : channel.supportedOptions()) {
                if (option.name().equals(OOB_INLINE)) {
                    set(transport, option, options.oobInline());
                }
            }
        }
    }

    private static <T> void set(Transport transport, SocketOption<T> option, Object value) throws IOException {
        transport.option(option, option.type().cast(value));
    }
}
