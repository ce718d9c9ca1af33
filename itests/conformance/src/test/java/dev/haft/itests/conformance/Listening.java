package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where the peer listens for handles that connect: some addresses, all with one port. */
final class Listening implements AutoCloseable {
    private static final int DEFAULT_BACKLOG = 16;

    private final TreeMap<String, ServerSocketChannel> listeners = new TreeMap<>();
    private final List<NetworkChannel> others = new ArrayList<>();
    private int port;

    Listening(JsonNode config) throws IOException {
        for (JsonNode address : config.path("listen")) {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listeners.put(address.asText(), listener);
            // The JDK does not know a backlog of 0.
            int backlog = Math.max(1, config.path("backlog").asInt(DEFAULT_BACKLOG));
            listener.bind(new InetSocketAddress(address.asText(), port), backlog);
            port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        }
        if (listeners.isEmpty()) {
            port = refusingPort();
        }
        for (int i = 0; i < config.path("backlog_fill").asInt(); i++) {
            SocketChannel filler = SocketChannel.open();
            others.add(filler);
            filler.configureBlocking(false);
            filler.connect(listeners.firstEntry().getValue().getLocalAddress());
        }
    }

    /** A port that is taken and that nobody listens on. */
    private int refusingPort() throws IOException {
        SocketChannel taken = SocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        others.add(taken);
        return ((InetSocketAddress) taken.getLocalAddress()).getPort();
    }

    int port() {
        return port;
    }

    /**
     * Accepts.
     *
     * @param address empty: the first
     * @return null: nobody came in time
     */
    @Nullable SocketChannel accept(String address, long millis) throws IOException {
        ServerSocketChannel listener = listeners.get(address.isEmpty() ? listeners.firstKey() : address);
        if (listener == null) {
            return null;
        }
        listener.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            listener.register(selector, SelectionKey.OP_ACCEPT);
            selector.select(millis);
            return listener.accept();
        }
    }

    @Override
    public void close() throws IOException {
        for (NetworkChannel channel : listeners.values()) {
            channel.close();
        }
        for (NetworkChannel channel : others) {
            channel.close();
        }
    }
}
