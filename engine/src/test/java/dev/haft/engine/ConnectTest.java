package dev.haft.engine;

import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.Listener;
import dev.haft.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connecting, and handles of channels that are open already. Parity open.*. */
class ConnectTest {
    private final Events events = new Events();

    /** A port where nobody listens. */
    private static int freePort() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0))) {
            return ((InetSocketAddress) server.getLocalAddress()).getPort();
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void whereNobodyListensTheConnectionIsRefused() throws Exception {
        try (Haft haft = Pair.haft()) {
            int port = freePort();
            CompletableFuture<Handle> opened = new CompletableFuture<>();
            CompletableFuture<CompletableFuture<String>> asked = new CompletableFuture<>();
            // On the loop, where nothing can fail before the read is queued.
            haft.loop().execute(() -> {
                Handle handle = haft.connect(
                        Endpoint.tcp("127.0.0.1", port), events.options().build());
                asked.complete(handle.read(line()));
                opened.complete(handle.pushWrite("lost"));
            });
            events.expect("CONNECTION_REFUSED!");
            String message = events.lastError().getMessage();
            assertTrue(message.startsWith("cannot connect to tcp://127.0.0.1:" + port + ": "), message);
            HandleException error = (HandleException) Pair.failure(Pair.await(asked));
            assertEquals(ErrorCode.CONNECTION_REFUSED, error.code());
            Pair.await(Pair.await(opened).closed());
            Pair.settle(haft.loop());
            assertTrue(haft.handles().isEmpty());
            events.expectNoMore();
        }
    }

    @Test
    void aHostWithoutAddressIsUnknown() throws Exception {
        // open.resolver
        try (Haft haft = Pair.haft()) {
            haft.connect(Endpoint.tcp("nosuch.invalid", 80), events.options().build());
            events.expect("UNKNOWN_HOST!");
            assertEquals(
                    "cannot connect to tcp://nosuch.invalid:80: unknown host 'nosuch.invalid'",
                    events.lastError().getMessage());
        }
    }

    @Test
    void aNameThatCannotBeAHostIsUnknown() throws Exception {
        try (Haft haft = Pair.haft()) {
            haft.connect(Endpoint.tcp("a".repeat(300), 80), events.options().build());
            events.expect("UNKNOWN_HOST!");
        }
    }

    @Test
    void aUnixSocketThatIsNotThereRefuses(@TempDir Path directory) throws Exception {
        try (Haft haft = Pair.haft()) {
            haft.connect(
                    Endpoint.unix(directory.resolve("none")), events.options().build());
            events.expect("CONNECTION_REFUSED!");
        }
    }

    @Test
    void aUnixPathThatIsTooLongIsAnErrorAndNotAnException(@TempDir Path directory) throws Exception {
        try (Haft haft = Pair.haft()) {
            haft.connect(
                    Endpoint.unix(directory.resolve("x".repeat(200))),
                    events.options().build());
            assertTrue(events.next().endsWith("!"));
        }
    }

    @Test
    void readsWritesAndSettingsMayBePushedWhileConnecting() throws Exception {
        // open.connect
        try (Haft haft = Pair.haft();
                ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0))) {
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            CompletableFuture<Handle> opened = new CompletableFuture<>();
            haft.loop().execute(() -> {
                Handle handle = haft.connect(Endpoint.tcp("127.0.0.1", port))
                        .onError(events.error())
                        .onEof(events.on("eof"))
                        .pushRead(line(), events.value())
                        .pushWrite("hello")
                        .option(StandardSocketOptions.TCP_NODELAY, true)
                        .pushShutdown();
                assertNull(handle.channel());
                assertNull(handle.remoteAddress());
                opened.complete(handle);
            });
            try (SocketChannel accepted = server.accept();
                    Peer peer = new Peer(accepted, accepted)) {
                assertEquals("hello", peer.receiveText());
                Handle handle = Pair.await(opened);
                assertEquals(server.getLocalAddress(), handle.remoteAddress());
                assertEquals(accepted.getRemoteAddress(), handle.localAddress());
                assertEquals("127.0.0.1", handle.peerName());
                SocketChannel channel = (SocketChannel) handle.channel();
                assertNotNull(channel);
                assertTrue(channel.getOption(StandardSocketOptions.TCP_NODELAY));
                peer.send("world\n");
                events.expect("world");
                handle.destroy();
            }
        }
    }

    @Test
    void closingWhileConnectingStillSendsWhatWasWritten() throws Exception {
        try (Haft haft = Pair.haft();
                ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0))) {
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            haft.loop()
                    .execute(() -> haft.connect(
                                    Endpoint.tcp("127.0.0.1", port),
                                    events.options().build())
                            .pushWrite("hello")
                            .close());
            try (SocketChannel accepted = server.accept();
                    Peer peer = new Peer(accepted, accepted)) {
                assertEquals("hello", peer.receiveText());
            }
            events.expectNoMore();
        }
    }

    @Test
    void destroyingWhileConnectingEndsItAtOnce() throws Exception {
        try (Haft haft = Pair.haft();
                ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0))) {
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            Handle handle = haft.connect(
                    Endpoint.tcp("127.0.0.1", port), events.options().build());
            handle.destroy();
            Pair.await(handle.closed());
            assertTrue(haft.handles().isEmpty());
            events.expectNoMore();
        }
    }

    @Test
    void aPeerThatDoesNotAnswerIsGivenTheConnectTimeout() throws Exception {
        // open.connect_timeout
        ManualClock clock = new ManualClock();
        List<SocketChannel> fillers = new ArrayList<>();
        try (Haft haft = Haft.builder()
                        .loops(1)
                        .clock(clock)
                        .closeTimeout(Duration.ZERO)
                        .open();
                ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0), 1)) {
            fillBacklog(server, fillers);
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            HandleOptions options =
                    events.options().connectTimeout(Duration.ofSeconds(5)).build();
            Handle handle = haft.connect(Endpoint.tcp("127.0.0.1", port), options);
            handle.timeout(Duration.ofSeconds(1));
            handle.pushWrite("x");
            Pair.settle(handle.loop());
            clock.advance(Duration.ofMillis(4999));
            Pair.settle(handle.loop());
            assertFalse(handle.isDestroyed());
            events.expectNoMore();
            clock.advance(Duration.ofMillis(1));
            events.expect("TIMED_OUT!");
            assertEquals(
                    "cannot connect to tcp://127.0.0.1:" + port + " within PT5S",
                    events.lastError().getMessage());
        } finally {
            for (SocketChannel filler : fillers) {
                filler.close();
            }
        }
    }

    /** Connects until the system answers no more. */
    private static void fillBacklog(ServerSocketChannel server, List<SocketChannel> fillers) throws IOException {
        for (int i = 0; i < 100; i++) {
            SocketChannel filler = SocketChannel.open();
            filler.configureBlocking(false);
            fillers.add(filler);
            if (!filler.connect(server.getLocalAddress()) && !filler.finishConnect()) {
                return;
            }
        }
    }

    @Test
    void theLocalAddressCanBeChosen() throws Exception {
        try (Haft haft = Pair.haft();
                ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0))) {
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            int local = freePort();
            haft.connect(
                    Endpoint.tcp("127.0.0.1", port),
                    events.options().localAddress(loopback(local)).build());
            try (SocketChannel accepted = server.accept()) {
                assertEquals(local, ((InetSocketAddress) accepted.getRemoteAddress()).getPort());
            }
        }
    }

    @Test
    void allAddressesOfANameAreTried() throws Exception {
        // open.multihomed
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(Endpoint.tcp("127.0.0.1", 0), h -> h.pushWrite("hello\n"))) {
            Handle handle = haft.connect(
                    Endpoint.tcp("localhost", listener.port()), events.options().build());
            handle.pushRead(line(), events.value());
            events.expect("hello");
            assertEquals("localhost", handle.peerName());
        }
    }

    @Test
    void onlyStreamsCanBeOpened() throws Exception {
        // open.fh
        try (Haft haft = Pair.haft();
                DatagramChannel datagrams = DatagramChannel.open();
                ServerSocketChannel server = ServerSocketChannel.open();
                SocketChannel unconnected = SocketChannel.open()) {
            assertThrows(IllegalArgumentException.class, () -> haft.open(datagrams));
            assertThrows(IllegalArgumentException.class, () -> haft.open(server));
            assertThrows(IllegalArgumentException.class, () -> haft.open(unconnected));
            Pipe pipe = Pipe.open();
            pipe.source().close();
            pipe.sink().close();
            assertThrows(IllegalArgumentException.class, () -> haft.open(pipe.source()));
            assertTrue(haft.handles().isEmpty());
        }
    }

    private static void assertRefused(Haft haft, SelectableChannel channel, String why) {
        String message = assertThrows(IllegalArgumentException.class, () -> haft.open(channel))
                .getMessage();
        assertTrue(message.startsWith(why), message);
    }

    @Test
    void aChannelThatCannotBeAHandleIsRefusedWithTheReason() throws Exception {
        // open.fh
        try (Haft haft = Pair.haft();
                ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0));
                DatagramChannel datagrams = DatagramChannel.open();
                SocketChannel unconnected = SocketChannel.open();
                SocketChannel registered = SocketChannel.open(server.getLocalAddress());
                Selector selector = Selector.open()) {
            assertRefused(haft, datagrams, "not a connected stream of bytes: ");
            assertRefused(haft, server, "not a connected stream of bytes: ");
            assertRefused(haft, unconnected, "the socket is not connected: ");
            SocketChannel closed = SocketChannel.open(server.getLocalAddress());
            closed.close();
            assertRefused(haft, closed, "the channel is closed: ");
            registered.configureBlocking(false);
            SelectionKey key = registered.register(selector, SelectionKey.OP_READ);
            assertRefused(haft, registered, "the channel is registered with a selector");
            assertTrue(haft.handles().isEmpty());
            key.cancel();
            selector.selectNow();
            haft.open(registered).destroy();
        }
    }

    @Test
    void aBlockingChannelIsSetNonBlocking() throws Exception {
        // open.fh
        try (Haft haft = Pair.haft();
                ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0));
                SocketChannel channel = SocketChannel.open(server.getLocalAddress())) {
            assertTrue(channel.isBlocking());
            Handle handle = haft.open(channel);
            assertFalse(channel.isBlocking());
            assertEquals(server.getLocalAddress(), handle.remoteAddress());
            assertNull(handle.peerName());
            handle.destroy();
            Pair.await(handle.closed());
            assertNull(handle.channel());
            assertNull(handle.localAddress());
            assertNull(handle.remoteAddress());
        }
    }

    @Test
    void oneEndOfAPipeHasOneDirection() throws Exception {
        try (Haft haft = Pair.haft()) {
            Pipe pipe = Pipe.open();
            Handle reader = haft.open(pipe.source(), events.options().build());
            Handle writer = haft.open(
                    pipe.sink(), events.options().onEof(events.on("no input")).build());
            reader.onEach(line(), events.value());
            writer.pushWrite("hello\n");
            events.expect("hello");
            writer.onEach(line(), events.value());
            events.expect("no input");
            writer.close();
            events.expect("eof");
            Pair.await(writer.closed());
            reader.pushWrite("x");
            events.expect("WRITE_CLOSED!");
        }
    }

    @Test
    void aChannelThatIsOpenBecomesAHandle() throws Exception {
        try (Haft haft = Pair.haft();
                ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0))) {
            SocketChannel channel = SocketChannel.open(server.getLocalAddress());
            try (SocketChannel accepted = server.accept();
                    Peer peer = new Peer(accepted, accepted)) {
                Handle handle = haft.open(channel, events.options().build());
                handle.pushWrite("hello").onEach(line(), events.value());
                assertEquals("hello", peer.receive(5));
                peer.send("world\n");
                events.expect("world");
                peer.end();
                events.expect("eof");
                handle.close();
                Pair.await(handle.closed());
                assertFalse(channel.isOpen());
            }
        }
    }
}
