package dev.haft.engine;

import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.ListenOptions;
import dev.haft.Listener;
import dev.haft.engine.loop.SelectorLoop;
import dev.haft.engine.net.Connector;
import dev.haft.engine.net.ServerListener;
import dev.haft.spi.Clock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server sockets. Parity open.listen. */
class ListenerTest {
    private static final Endpoint ANY_PORT = Endpoint.tcp("127.0.0.1", 0);

    private final Events events = new Events();
    private final LinkedBlockingQueue<Handle> accepted = new LinkedBlockingQueue<>();

    private ListenOptions options() {
        return ListenOptions.of(events.options().build());
    }

    private Handle nextAccepted() throws InterruptedException {
        Handle handle = accepted.poll(20, TimeUnit.SECONDS);
        assertTrue(handle != null, "nothing was accepted");
        return handle;
    }

    private static Peer connect(Listener listener) throws IOException {
        SocketChannel channel = SocketChannel.open(listener.address());
        return new Peer(channel, channel);
    }

    @Test
    void theSystemChoosesThePort() throws Exception {
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(ANY_PORT, h -> h.pushWrite("hello\n"))) {
            assertNotEquals(0, listener.port());
            assertEquals(Endpoint.tcp("127.0.0.1", listener.port()), listener.endpoint());
            assertEquals(listener.port(), ((InetSocketAddress) listener.address()).getPort());
            assertEquals(List.of(listener), List.copyOf(haft.listeners()));
            try (Peer peer = connect(listener)) {
                assertEquals("hello\n", peer.receive(6));
            }
        }
    }

    @Test
    void anAddressInUseIsAnErrorThatSaysSo() throws Exception {
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(ANY_PORT, accepted::add)) {
            Endpoint taken = listener.endpoint();
            HandleException error = assertThrows(HandleException.class, () -> haft.listen(taken, accepted::add));
            assertEquals(ErrorCode.IO, error.code());
            assertTrue(error.getMessage().startsWith("cannot listen on " + taken + ": "), error.getMessage());
            assertThrows(HandleException.class, () -> haft.listen(Endpoint.tcp("nosuch.invalid", 0), accepted::add));
            assertEquals(1, haft.listeners().size());
        }
    }

    @Test
    void aPausedListenerAcceptsNothing() throws Exception {
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(ANY_PORT, options(), accepted::add)) {
            listener.pause();
            Pair.settle(haft.loop());
            try (Peer waiting = connect(listener)) {
                waiting.send("x");
                Pair.settle(haft.loop());
                assertTrue(accepted.isEmpty());
                listener.resume();
                nextAccepted();
                assertEquals(1, listener.connections());
            }
        }
    }

    @Test
    void overMaxConnectionsItWaitsForOneToEnd() throws Exception {
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(ANY_PORT, options().withMaxConnections(2), accepted::add);
                Peer first = connect(listener);
                Peer second = connect(listener);
                Peer third = connect(listener)) {
            Handle one = nextAccepted();
            nextAccepted();
            Pair.settle(haft.loop());
            assertTrue(accepted.isEmpty());
            assertEquals(2, listener.connections());
            one.destroy();
            nextAccepted();
            assertEquals(2, listener.connections());
            first.send("x");
            second.send("x");
            third.send("x");
        }
    }

    @Test
    void connectionsStayOpenWhenTheListenerCloses() throws Exception {
        try (Haft haft = Pair.haft()) {
            Listener listener =
                    haft.listen(ANY_PORT, options(), h -> h.onEach(line(), (x, text) -> x.pushWrite(text + "!\n")));
            try (Peer peer = connect(listener)) {
                peer.send("a\n");
                assertEquals("a!\n", peer.receive(3));
                listener.close();
                listener.close();
                assertTrue(listener.isClosed());
                assertTrue(haft.listeners().isEmpty());
                Pair.settle(haft.loop());
                assertThrows(ConnectException.class, () -> connect(listener));
                peer.send("b\n");
                assertEquals("b!\n", peer.receive(3));
            }
        }
    }

    @Test
    void thePortIsFreeAgainAfterClose() throws Exception {
        try (Haft haft = Pair.haft()) {
            Listener listener = haft.listen(ANY_PORT, accepted::add);
            for (int i = 0; i < 50; i++) {
                Endpoint endpoint = listener.endpoint();
                listener.close();
                listener = haft.listen(endpoint, accepted::add);
            }
        }
    }

    @Test
    void aUnixSocketHasAFileUntilItIsClosed(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        try (Haft haft = Pair.haft()) {
            Listener listener = haft.listen(Endpoint.unix(path), options(), h -> h.pushWrite("hello\n"));
            assertEquals(Endpoint.unix(path), listener.endpoint());
            assertThrows(IllegalStateException.class, listener::port);
            assertTrue(Files.exists(path));
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
                    Peer peer = new Peer(channel, channel)) {
                assertEquals("hello\n", peer.receive(6));
            }
            listener.close();
            assertFalse(Files.exists(path));
        }
    }

    @Test
    void aProtocolThatThrowsIsAnErrorOfItsHandle() throws Exception {
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(ANY_PORT, options(), h -> {
                    throw new IllegalStateException("boom");
                });
                Peer peer = connect(listener)) {
            events.expect("CALLBACK_FAILED!");
            assertEquals("", peer.receiveText());
            try (Peer another = connect(listener)) {
                events.expect("CALLBACK_FAILED!");
                assertEquals("", another.receiveText());
            }
        }
    }

    @Test
    void aProtocolRunsOnTheLoopOfItsHandle() throws Exception {
        CompletableFuture<Boolean> inLoop = new CompletableFuture<>();
        try (Haft haft = Haft.builder().loops(2).open();
                Listener listener =
                        haft.listen(ANY_PORT, h -> inLoop.complete(h.loop().inLoop()));
                Peer peer = connect(listener)) {
            assertTrue(Pair.await(inLoop));
            peer.end();
        }
    }

    @Test
    void theServerSocketIsPreparedBeforeItIsBound() throws Exception {
        ListenOptions prepared = options().withOnPrepare(channel -> {
            assertNull(channel.getLocalAddress());
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 14);
            return 1;
        });
        List<SocketChannel> waiting = new ArrayList<>();
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(ANY_PORT, prepared, accepted::add)) {
            listener.pause();
            Pair.settle(haft.loop());
            // A backlog of 1: the system answers the third at the latest no more.
            boolean answered = true;
            for (int i = 0; answered && i < 10; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                waiting.add(channel);
                answered = channel.connect(listener.address()) || channel.finishConnect();
            }
            assertFalse(answered);
            assertTrue(waiting.size() <= 3, () -> waiting.size() + " were answered");
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void whatFailsInPreparingIsAFailureToListen() throws Exception {
        try (Haft haft = Pair.haft()) {
            IllegalStateException boom = new IllegalStateException("boom");
            CompletableFuture<ServerSocketChannel> seen = new CompletableFuture<>();
            HandleException error = assertThrows(
                    HandleException.class,
                    () -> haft.listen(
                            ANY_PORT,
                            options().withOnPrepare(channel -> {
                                seen.complete(channel);
                                throw boom;
                            }),
                            accepted::add));
            assertSame(boom, error.getCause());
            assertFalse(Pair.await(seen).isOpen());
            assertThrows(
                    HandleException.class,
                    () -> haft.listen(ANY_PORT, options().withOnPrepare(channel -> 0), accepted::add));
            assertTrue(haft.listeners().isEmpty());
        }
    }

    @Test
    void itListensOnAnIpv6Address() throws Exception {
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(Endpoint.tcp("::1", 0), options(), h -> h.pushWrite("hello\n"))) {
            assertEquals(
                    "tcp://[0:0:0:0:0:0:0:1]:" + listener.port(),
                    listener.endpoint().toString());
            haft.connect(listener.endpoint(), events.options().build()).pushRead(line(), events.value());
            haft.connect(
                            Endpoint.parse("tcp://[::1]:" + listener.port()),
                            events.options().build())
                    .pushRead(line(), events.value());
            events.expect("hello", "hello");
        }
    }

    @Test
    void allAddressesAreOfBothFamiliesUnlessIpv4IsSaid() throws Exception {
        try (Haft haft = Pair.haft();
                Listener all = haft.listen(Endpoint.tcp("", 0), h -> h.pushWrite("hello\n"));
                Listener ipv4 = haft.listen(Endpoint.tcp("0.0.0.0", 0), h -> h.pushWrite("hello\n"))) {
            for (Endpoint answering : List.of(
                    Endpoint.tcp("127.0.0.1", all.port()),
                    Endpoint.tcp("::1", all.port()),
                    Endpoint.tcp("127.0.0.1", ipv4.port()))) {
                haft.connect(answering, events.options().build()).pushRead(line(), events.value());
                events.expect("hello");
            }
            haft.connect(Endpoint.tcp("::1", ipv4.port()), events.options().build());
            events.expect("CONNECTION_REFUSED!");
        }
    }

    @Test
    void aServiceHasAPortToListenOn() throws Exception {
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(Endpoint.tcp("127.0.0.1", "nosuch=0"), accepted::add)) {
            assertNotEquals(0, listener.port());
            HandleException error = assertThrows(
                    HandleException.class, () -> haft.listen(Endpoint.tcp("127.0.0.1", "nosuch"), accepted::add));
            assertTrue(error.getMessage().endsWith("no well-known port of the service 'nosuch'"), error.getMessage());
        }
    }

    @Test
    void aSocketFileThatWasLeftBehindIsReplaced(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(path))
                .close();
        assertTrue(Files.exists(path));
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(Endpoint.unix(path), h -> h.pushWrite("hello\n"))) {
            haft.connect(listener.endpoint(), events.options().build()).pushRead(line(), events.value());
            events.expect("hello");
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void aSocketFileInUseOrAnyOtherFileIsLeftAlone(@TempDir Path directory) throws Exception {
        Path used = directory.resolve("used");
        Path other = Files.writeString(directory.resolve("other"), "precious");
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(Endpoint.unix(used), h -> h.pushWrite("hello\n"))) {
            assertThrows(HandleException.class, () -> haft.listen(Endpoint.unix(used), accepted::add));
            assertThrows(HandleException.class, () -> haft.listen(Endpoint.unix(other), accepted::add));
            haft.connect(listener.endpoint(), events.options().build()).pushRead(line(), events.value());
            events.expect("hello");
        }
        assertEquals("precious", Files.readString(other));
    }

    @Test
    void aSocketFileOfSomebodyElseIsNotDeleted(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        try (Haft haft = Pair.haft()) {
            Listener first = haft.listen(Endpoint.unix(path), accepted::add);
            Files.delete(path);
            try (Listener second = haft.listen(Endpoint.unix(path), accepted::add)) {
                first.close();
                assertTrue(Files.exists(path));
                assertFalse(second.isClosed());
            }
        }
    }

    @Test
    void aConnectionThatNobodyTakesIsClosedAndDoesNotCount() throws Exception {
        try (LogCapture log = LogCapture.of(Listener.class)) {
            SelectorLoop home = SelectorLoop.start("gone", Clock.SYSTEM);
            home.stop();
            home.awaitEnd(Duration.ofSeconds(20));
            SelectorLoop loop = SelectorLoop.start("accepts", Clock.SYSTEM);
            try (ServerListener listener = ServerListener.open(
                            loop,
                            () -> home,
                            new Connector(null),
                            ANY_PORT,
                            ListenOptions.standard(),
                            (of, transport, owner) -> of.execute(() -> {}),
                            handle -> {},
                            closed -> {});
                    Peer peer = connect(listener)) {
                assertEquals("", peer.receiveText());
                assertTrue(log.next().contains("had to drop a connection"));
                assertEquals(0, listener.connections());
            } finally {
                loop.stop();
            }
        }
    }
}
