package dev.haft.spi;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds the addresses of hosts and the hosts of services; given to a Haft by {@link dev.haft.HaftBuilder#resolver}. Without
 * one it asks the JDK: {@link InetAddress} for addresses, and for SRV records its DNS provider, where the modules
 * {@code java.naming} and {@code jdk.naming.dns} are there (in an image, or on a module path, add them).
 *
 * <p><b>Thread safety</b>: called on the resolver threads of a Haft, several at once; it may block, which no event loop
 * waits for. A lookup that takes longer than the {@code connectTimeout} is not waited for.
 *
 * <p><b>Errors</b>: any exception makes the connection fail with UNKNOWN_HOST and it as the cause.
 *
 * <pre>{@code
 * Haft.builder().resolver(host -> List.of(InetAddress.getByName("127.0.0.1")))
 * }</pre>
 *
 * <p>Source: parity {@code open.resolver}.
 */
@ConsumerType
@FunctionalInterface
public interface Resolver {
    /**
     * The addresses of a host, the best first. Both families take turns when they are tried (RFC 8305), in the given order.
     *
     * @param host a name in ASCII (IDNs are converted before), or an address as text
     * @return none: the same as an UnknownHostException
     * @throws IOException an UnknownHostException, say
     */
    List<InetAddress> addresses(String host) throws IOException;

    /**
     * The SRV records (RFC 2782) of a service; asked first when an endpoint names a service instead of a port. Their order
     * does not matter: the engine goes by priority and weight.
     *
     * @param name such as {@code _xmpp-client._tcp.example.net}
     * @return none: the service has its usual port on the host itself
     * @throws IOException if they cannot be known; then the same as none
     */
    default List<Srv> services(String name) throws IOException {
        return List.of();
    }

    /**
     * An SRV record.
     *
     * @param priority lower ones are tried first
     * @param weight of those with the same priority, how often one comes first
     * @param port of the service
     * @param target a host name; "." alone: the service is not available
     */
    record Srv(int priority, int weight, int port, String target) {
        /**
         * Checks the bounds.
         *
         * @param priority 0 to 65535
         * @param weight 0 to 65535
         * @param port 0 to 65535
         * @param target not null
         */
        public Srv {
            check("priority", priority);
            check("weight", weight);
            check("port", port);
            Objects.requireNonNull(target, "target");
        }

        private static void check(String what, int value) {
            if (value < 0 || value > 65535) {
                throw new IllegalArgumentException(what + ": " + value + ", must be 0 to 65535");
            }
        }
    }
}
