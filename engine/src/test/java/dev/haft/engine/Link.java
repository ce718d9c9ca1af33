package dev.haft.engine;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kinds of streams that the same tests run over. */
enum Link {
    TCP {
        @Override
        Pair connect(Haft haft, HandleOptions options) throws IOException {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                // Fixed and small, so that what is large for a test does not fit into the system's buffers.
                server.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 16);
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
                return over(haft, server, server.getLocalAddress(), Endpoint.tcp("127.0.0.1", port), options);
            }
        }
    },
    UNIX {
        @Override
        Pair connect(Haft haft, HandleOptions options) throws IOException {
            Path path = Files.createTempDirectory("haft").resolve("s");
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(path));
                return over(haft, server, server.getLocalAddress(), Endpoint.unix(path), options);
            } finally {
                Files.deleteIfExists(path);
                Files.deleteIfExists(path.getParent());
            }
        }
    },
    PIPES {
        @Override
        Pair connect(Haft haft, HandleOptions options) throws IOException {
            Pipe toHandle = Pipe.open();
            Pipe toPeer = Pipe.open();
            Handle handle = haft.open(toHandle.source(), toPeer.sink(), options);
            return new Pair(haft, handle, new Peer(toPeer.source(), toHandle.sink()));
        }
    },
    STREAMS {
        @Override
        Pair connect(Haft haft, HandleOptions options) throws IOException {
            Pipe toHandle = Pipe.open();
            Pipe toPeer = Pipe.open();
            Handle handle = haft.open(
                    Channels.newInputStream(toHandle.source()), Channels.newOutputStream(toPeer.sink()), options);
            return new Pair(haft, handle, new Peer(toPeer.source(), toHandle.sink()));
        }
    };

    /** A handle and its peer. */
    abstract Pair connect(Haft haft, HandleOptions options) throws IOException;

    private static Pair over(
            Haft haft, ServerSocketChannel server, SocketAddress address, Endpoint endpoint, HandleOptions options)
            throws IOException {
        Handle handle = haft.connect(endpoint, options);
        SocketChannel accepted = server.accept();
        if (accepted == null) {
            throw new IOException("nothing to accept at " + address);
        }
        if (accepted.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            // What the peer sends comes at once, or a test would wait for an acknowledgement that is delayed.
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        // The peer has it a moment before the handle knows: what is destroyed while it connects has nothing to linger
        // for.
        Pair.settle(handle.loop());
        return new Pair(haft, handle, new Peer(accepted, accepted));
    }
}
