package dev.haft;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/** The text of endpoints. */
final class Hosts {
    private static final Pattern PORT = Pattern.compile("[0-9]{1,9}");

    private Hosts() {}

    /** Without the brackets that an IPv6 address has in URLs. */
    static String plain(String host) {
        Objects.requireNonNull(host, "host");
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** With them. */
    static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** Whether it is the number of a port, however large. */
    static boolean isPort(String text) {
        return PORT.matcher(text).matches();
    }

    /** {@code HOST:PORT}. */
    static Endpoint tcp(String address) {
        int colon = address.lastIndexOf(':');
        boolean bracketed = address.startsWith("[");
        int hostEnd = bracketed ? address.indexOf(']') + 1 : colon;
        if (colon < 0 || hostEnd != colon || colon == address.length() - 1) {
            throw new IllegalArgumentException("no port, as in tcp://HOST:PORT");
        }
        String host = address.substring(0, colon);
        if (!bracketed && (host.indexOf(':') >= 0 || host.indexOf('/') >= 0)) {
            throw new IllegalArgumentException("an IPv6 address stands in brackets");
        }
        return Endpoint.tcp(host, address.substring(colon + 1));
    }

    static Endpoint unix(String path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("no path");
        }
        return Endpoint.unix(Path.of(path));
    }
}
