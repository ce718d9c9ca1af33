package dev.haft;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where to connect to, or to listen.
 *
 * <pre>{@code
 * Endpoint.tcp("mpd.local", 6600)
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
            Objects.requireNonNull(host, "host");
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port: " + port + ", must be 0 to 65535");
            }
        }

        @Override
        public String toString() {
            return "tcp://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
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
     * {@code unix://PATH}.
     *
     * @param text what {@link Object#toString()} of an endpoint gives
     * @return the endpoint
     * @throws IllegalArgumentException if it is none of these, with what is wrong
     */
    static Endpoint parse(String text) {
        if (text.startsWith("unix:")) {
            String path = text.substring(text.startsWith("unix://") ? 7 : 5);
            try {
                if (!path.isEmpty()) {
                    return unix(Path.of(path));
                }
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("endpoint '" + text + "': " + e.getMessage(), e);
            }
            throw new IllegalArgumentException("endpoint '" + text + "' has no path");
        }
        if (!text.startsWith("tcp://")) {
            throw new IllegalArgumentException("endpoint '" + text + "' is neither tcp://HOST:PORT nor unix:PATH");
        }
        String address = text.substring("tcp://".length());
        int colon = address.lastIndexOf(':');
        boolean bracketed = address.startsWith("[");
        int hostEnd = bracketed ? address.indexOf(']') + 1 : colon;
        if (colon < 0 || hostEnd != colon) {
            throw new IllegalArgumentException("endpoint '" + text + "' has no port, as in tcp://HOST:PORT");
        }
        String host = bracketed ? address.substring(1, colon - 1) : address.substring(0, colon);
        if (!bracketed && (host.indexOf(':') >= 0 || host.indexOf('/') >= 0)) {
            throw new IllegalArgumentException("endpoint '" + text + "': an IPv6 address stands in brackets");
        }
        try {
            return tcp(host, Integer.parseInt(address.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("endpoint '" + text + "' has no port, as in tcp://HOST:PORT", e);
        }
    }
}
