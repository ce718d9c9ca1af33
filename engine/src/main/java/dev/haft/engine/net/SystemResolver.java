package dev.haft.engine.net;

import dev.haft.spi.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Asks the JDK: its resolver for addresses, its DNS provider, if that is there, for services. Thread-safe. */
public final class SystemResolver implements Resolver {
    private static final System.Logger LOG = System.getLogger(SystemResolver.class.getName());

    private final String server;

    /** Asks the servers that the system uses. */
    public SystemResolver() {
        this("dns:");
    }

    /**
     * Asks another server for services.
     *
     * @param server as of {@code java.naming.provider.url}: {@code dns://HOST:PORT}
     */
    public SystemResolver(String server) {
        this.server = server;
    }

    @Override
    public List<InetAddress> addresses(String host) throws IOException {
        return List.of(InetAddress.getAllByName(host));
    }

    @Override
    public List<Srv> services(String name) throws IOException {
        try {
            return DnsServices.find(server, name);
        } catch (LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "no SRV records: there is no module java.naming", e);
            return List.of();
        }
    }
}
