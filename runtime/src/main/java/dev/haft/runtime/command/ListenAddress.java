package dev.haft.runtime.command;

import dev.haft.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where to listen for a protocol.
 *
 * @param endpoint where
 * @param explicit whether the user has said so: then there or not at all
 */
record ListenAddress(Endpoint endpoint, boolean explicit) {
    private static final String LOOPBACK = "127.0.0.1";

    /** Whether others than this machine could connect, though the user has not said so. */
    boolean isTooOpen() {
        if (endpoint instanceof Endpoint.Service service) {
            return !explicit && !isLoopback(service.host());
        }
        return !explicit && endpoint instanceof Endpoint.Tcp tcp && !isLoopback(tcp.host());
    }

    /** The same port on this machine only. */
    ListenAddress onLoopback() {
        if (endpoint instanceof Endpoint.Tcp tcp) {
            return new ListenAddress(Endpoint.tcp(LOOPBACK, tcp.port()), explicit);
        }
        return endpoint instanceof Endpoint.Service service
                ? new ListenAddress(new Endpoint.Service(LOOPBACK, service.service(), service.port()), explicit)
                : this;
    }

    /** Any free port on this machine. */
    ListenAddress onAnyPort() {
        return new ListenAddress(Endpoint.tcp(LOOPBACK, 0), explicit);
    }

    private static boolean isLoopback(String host) {
        try {
            // Empty means all addresses to a listener, but this machine to the resolver.
            return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
