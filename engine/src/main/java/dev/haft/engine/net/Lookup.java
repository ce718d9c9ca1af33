package dev.haft.engine.net;

import dev.haft.Endpoint;
import dev.haft.spi.Resolver;
import dev.haft.spi.Resolver.Srv;
import java.io.IOException;
import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an endpoint means: the addresses to try, in order. It may block. Thread-safe. */
final class Lookup {
    private static final System.Logger LOG = System.getLogger(Lookup.class.getName());
    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

    private final Resolver resolver;

    Lookup(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * All addresses of an endpoint.
     *
     * @return at least one
     * @throws UnknownHostException if there is none, with a message that says what is missing
     */
    List<InetSocketAddress> find(Endpoint endpoint) throws UnknownHostException {
        if (endpoint instanceof Endpoint.Tcp tcp) {
            return addresses(tcp.host(), tcp.port());
        }
        if (endpoint instanceof Endpoint.Service service) {
            return find(service);
        }
        throw new IllegalArgumentException("nothing to look up: " + endpoint);
    }

    private List<InetSocketAddress> find(Endpoint.Service endpoint) throws UnknownHostException {
        UnknownHostException noAnswer = null;
        List<Srv> records = List.of();
        if (mayHaveRecords(endpoint.host())) {
            String name = "_" + endpoint.service() + "._tcp." + withoutDot(ascii(endpoint.host()));
            try {
                records = resolver.services(name);
            } catch (IOException | RuntimeException e) {
                noAnswer = unknown(e.getMessage(), e);
                LOG.log(System.Logger.Level.DEBUG, () -> "no SRV records of " + endpoint, e);
            }
        }
        if (!records.isEmpty()) {
            return targets(endpoint, records);
        }
        if (endpoint.port().isPresent()) {
            return addresses(endpoint.host(), endpoint.port().getAsInt());
        }
        throw unknown(
                "unknown service '" + endpoint.service() + "': no SRV record of '" + endpoint.host()
                        + "' and no well-known port",
                noAnswer);
    }

    /** Neither an address nor this machine: nobody is asked about those (RFC 6761 section 6.3). */
    private static boolean mayHaveRecords(String host) {
        String name = withoutDot(host).toLowerCase(Locale.ROOT);
        return !name.isEmpty()
                && !name.equals("localhost")
                && !name.endsWith(".localhost")
                && name.indexOf(':') < 0
                && !IPV4.matcher(name).matches();
    }

    private List<InetSocketAddress> targets(Endpoint.Service endpoint, List<Srv> records) throws UnknownHostException {
        if (records.size() == 1 && records.get(0).target().equals(".")) {
            throw unknown("'" + endpoint.host() + "' does not offer the service '" + endpoint.service() + "'", null);
        }
        List<InetSocketAddress> all = new ArrayList<>();
        UnknownHostException failure = null;
        for (Srv record : SrvOrder.of(records, ThreadLocalRandom.current()::nextInt)) {
            try {
                all.addAll(addresses(withoutDot(record.target()), record.port()));
            } catch (UnknownHostException e) {
                failure = e;
            }
        }
        if (failure != null && all.isEmpty()) {
            throw failure;
        }
        return all;
    }

    private List<InetSocketAddress> addresses(String host, int port) throws UnknownHostException {
        List<InetAddress> found;
        try {
            found = resolver.addresses(ascii(host));
        } catch (IOException | RuntimeException e) {
            throw unknown("unknown host '" + host + "'", e);
        }
        if (found.isEmpty()) {
            throw unknown("unknown host '" + host + "'", null);
        }
        return interleaved(found, port);
    }

    private static UnknownHostException unknown(@Nullable String message, @Nullable Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(message);
        unknown.initCause(cause);
        return unknown;
    }

    /** RFC 8305 section 4: the families take turns, the one that the resolver prefers first. */
    private static List<InetSocketAddress> interleaved(List<InetAddress> all, int port) {
        ArrayDeque<InetAddress> first = new ArrayDeque<>();
        ArrayDeque<InetAddress> other = new ArrayDeque<>();
        for (InetAddress address : all) {
            (address instanceof Inet6Address == all.get(0) instanceof Inet6Address ? first : other).add(address);
        }
        List<InetSocketAddress> result = new ArrayList<>(all.size());
        while (!first.isEmpty() || !other.isEmpty()) {
            for (ArrayDeque<InetAddress> family : List.of(first, other)) {
                InetAddress address = family.poll();
                if (address != null) {
                    result.add(new InetSocketAddress(address, port));
                }
            }
        }
        return result;
    }

    /** A name as DNS knows it; what cannot be one stays as it is, and will not be found. */
    static String ascii(String host) {
        try {
            return IDN.toASCII(host);
        } catch (IllegalArgumentException e) {
            return host;
        }
    }

    private static String withoutDot(String name) {
        return name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
