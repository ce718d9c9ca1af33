package dev.haft.engine.net;

import dev.haft.Endpoint;
import dev.haft.HandleOptions;
import dev.haft.engine.handle.Transport;
import dev.haft.engine.loop.SelectorLoop;
import dev.haft.spi.Resolver;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Starts connections, and knows the addresses of endpoints. Thread-safe. */
public final class Connector {
    private final Lookup lookup;
    private final ResolverThreads resolving;

    /**
     * Made once an engine.
     *
     * @param resolver of names; null: the JDK's
     */
    public Connector(@Nullable Resolver resolver) {
        lookup = new Lookup(resolver == null ? new SystemResolver() : resolver);
        resolving = new ResolverThreads(lookup);
    }

    /** What stands for a connection until it is made; it begins when it is first used. */
    public Transport connect(SelectorLoop loop, Endpoint endpoint, HandleOptions options) {
        return new Connecting(loop, resolving, endpoint, options);
    }

    /** The host of an endpoint in ASCII; null if it has none. */
    public static @Nullable String host(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.Tcp tcp) {
            return Lookup.ascii(tcp.host());
        }
        return endpoint instanceof Endpoint.Service service ? Lookup.ascii(service.host()) : null;
    }

    /** Where to listen; it may block. */
    SocketAddress bindAddress(Endpoint endpoint) throws UnknownHostException {
        if (endpoint instanceof Endpoint.Unix unix) {
            return UnixDomainSocketAddress.of(unix.path());
        }
        if (endpoint instanceof Endpoint.Service service) {
            int port = service.port()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "no well-known port of the service '" + service.service() + "'"));
            return bindAddress(Endpoint.tcp(service.host(), port));
        }
        Endpoint.Tcp tcp = (Endpoint.Tcp) endpoint;
        return tcp.host().isEmpty()
                ? new InetSocketAddress(tcp.port())
                : lookup.find(tcp).get(0);
    }

    /** Lets its threads go. */
    public void close() {
        resolving.close();
    }
}
