package dev.haft;

import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Where to connect to, or to listen.
 *
 * <pre>{@code
 * Endpoint.tcp("mpd.local", 6600)
 * Endpoint.tcp("example.net", "xmpp-client")
 * Endpoint.unix(Path.of("/run/app.sock"))
 * Endpoint.parse("tcp://[::1]:7007")
 * }</pre>
 *
 * <p>Source: parity {@code open.connect}, {@code open.listen}.
 */
public sealed interface Endpoint {
    /**
     * A TCP endpoint.
     *
     * @param host a name, or an IPv4 or IPv6 address; empty to listen on all addresses
     * @param port 0 to 65535; 0 only to listen: the system chooses
     */
    record Tcp(String host, int port) implements Endpoint {
        /**
         * Checks the port.
         *
         * @param host not null
         * @param port 0 to 65535
         */
        public Tcp {
            host = Hosts.plain(host);
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port: " + port + ", must be 0 to 65535");
            }
        }

        @Override
        public String toString() {
            return "tcp://" + Hosts.bracketed(host) + ":" + port;
        }
    }

    /**
     * A service of a host, over TCP. To connect, the host's SRV records for it are asked first (RFC 2782); if there are none,
     * it is at its usual port of the host itself. To listen, it is its usual port.
     *
     * @param host a name, or an IPv4 or IPv6 address, which has no SRV records
     * @param service its name, such as {@code imap} (RFC 6335): letters, digits and single hyphens
     * @param port its usual port; empty: there is none that is known
     */
    record Service(String host, String service, OptionalInt port) implements Endpoint {
        private static final Pattern NAME = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9]+(-[A-Za-z0-9]+)*");
        private static final int LONGEST_NAME = 62;

        /**
         * Checks the name and the port.
         *
         * @param host not null
         * @param service at most 62 characters
         * @param port 0 to 65535
         */
        public Service {
            host = Hosts.plain(host);
            if (service.length() > LONGEST_NAME || !NAME.matcher(service).matches()) {
                throw new IllegalArgumentException("service: '" + service + "', must be a name such as imap");
            }
            if (port.isPresent() && (port.getAsInt() < 0 || port.getAsInt() > 65535)) {
                throw new IllegalArgumentException("port: " + port.getAsInt() + ", must be 0 to 65535");
            }
        }

        @Override
        public String toString() {
            boolean wellKnown = port.isEmpty() || port.equals(WellKnownPorts.of(service));
            return "tcp://" + Hosts.bracketed(host) + ":" + service + (wellKnown ? "" : "=" + port.getAsInt());
        }
    }

    /**
     * A Unix-domain socket.
     *
     * @param path of the socket file
     */
    record Unix(Path path) implements Endpoint {
        /**
         * Checks that there is a path.
         *
         * @param path not null
         */
        public Unix {
            Objects.requireNonNull(path, "path");
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /**
     * A TCP endpoint.
     *
     * @param host a name or an address
     * @param port 0 to 65535
     * @return the endpoint
     * @throws IllegalArgumentException if the port is out of range
     */
    static Endpoint tcp(String host, int port) {
        return new Tcp(host, port);
    }

    /**
     * A service of a host.
     *
     * @param host a name or an address
     * @param service a name such as {@code imap}, whose usual port is taken from a small table; or {@code NAME=PORT}, which
     *     says it; or just a port
     * @return a {@link Service}, or a {@link Tcp} if it is just a port
     * @throws IllegalArgumentException if it is none of these
     */
    static Endpoint tcp(String host, String service) {
        if (Hosts.isPort(service)) {
            return new Tcp(host, Integer.parseInt(service));
        }
        int equals = service.indexOf('=');
        if (equals < 0) {
            return new Service(host, service, WellKnownPorts.of(service));
        }
        String port = service.substring(equals + 1);
        if (!Hosts.isPort(port)) {
            throw new IllegalArgumentException("service: '" + service + "', must be NAME or NAME=PORT");
        }
        return new Service(host, service.substring(0, equals), OptionalInt.of(Integer.parseInt(port)));
    }

    /**
     * A Unix-domain socket.
     *
     * @param path of the socket file
     * @return the endpoint
     */
    static Endpoint unix(Path path) {
        return new Unix(path);
    }

    /**
     * An endpoint from text: {@code tcp://HOST:PORT}, {@code tcp://[IPV6]:PORT}, {@code unix:PATH} or
     * {@code unix://PATH}. The port may be a service as of {@link #tcp(String, String)}.
     *
     * @param text what {@link Object#toString()} of an endpoint gives
     * @return the endpoint
     * @throws IllegalArgumentException if it is none of these, with what is wrong
     */
    static Endpoint parse(String text) {
        try {
            if (text.startsWith("unix:")) {
                return Hosts.unix(text.substring(text.startsWith("unix://") ? 7 : 5));
            }
            if (text.startsWith("tcp://")) {
                return Hosts.tcp(text.substring("tcp://".length()));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("endpoint '" + text + "': " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("endpoint '" + text + "' is neither tcp://HOST:PORT nor unix:PATH");
    }
}
