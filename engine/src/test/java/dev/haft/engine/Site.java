package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.haft.Endpoint;
import dev.haft.spi.Resolver;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;

/**
 * A host with several addresses of this machine, all with one port: at some it answers, at some it does not, at the others it
 * refuses.
 */
final class Site implements Resolver, AutoCloseable {
    static final String NAME = "site.test";

    private final List<InetAddress> addresses = new ArrayList<>();
    private final Map<String, ServerSocketChannel> listeners = new HashMap<>();
    private final List<SocketChannel> fillers = new ArrayList<>();
    private int port;

    /** In this order. */
    Site(String... addresses) throws IOException {
        for (String address : addresses) {
            this.addresses.add(InetAddress.getByName(address));
        }
        // One that is taken for no listener: a port of which all others are likely to be free.
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(address("127.0.0.99", 0))) {
            port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        }
    }

    static InetSocketAddress address(String text, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(text), port);
    }

    Site answers(String... at) throws IOException {
        for (String address : at) {
            listen(address, 16);
        }
        return this;
    }

    /** Listens, but what connects gets no answer: the backlog is full. */
    Site hangs(String... at) throws IOException {
        for (String address : at) {
            ServerSocketChannel server = listen(address, 1);
            for (int i = 0; i < 100; i++) {
                SocketChannel filler = SocketChannel.open();
                filler.configureBlocking(false);
                fillers.add(filler);
                if (!filler.connect(server.getLocalAddress()) && !filler.finishConnect()) {
                    break;
                }
            }
        }
        return this;
    }

    private ServerSocketChannel listen(String address, int backlog) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        listeners.put(address, server);
        try {
            return server.bind(address(address, port), backlog);
        } catch (BindException e) {
            throw new IOException("port " + port + " of " + address + " is taken", e);
        }
    }

    Endpoint endpoint() {
        return Endpoint.tcp(NAME, port);
    }

    int port() {
        return port;
    }

    String text(String address) {
        return address + ":" + port;
    }

    /** The next connection at an address that answers. */
    Peer accept(String at) throws IOException {
        ServerSocketChannel listener = listeners.get(at);
        assertNotNull(listener, () -> "nobody listens on " + at + " but on " + listeners.keySet());
        SocketChannel accepted = listener.accept();
        return new Peer(accepted, accepted);
    }

    @Override
    public List<InetAddress> addresses(String host) {
        Assertions.assertEquals(NAME, host);
        return addresses;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel filler : fillers) {
            filler.close();
        }
        for (ServerSocketChannel listener : listeners.values()) {
            listener.close();
        }
    }

    @Override
    public String toString() {
        return "Site" + Arrays.toString(addresses.toArray());
    }
}
