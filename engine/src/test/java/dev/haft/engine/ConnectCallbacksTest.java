package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.netstring;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ConnectCallback;
import dev.haft.Endpoint;
import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.Listener;
import dev.haft.Writes;
import dev.haft.testkit.ManualClock;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks of handles that connect. Parity open.on_prepare, open.on_connect, open.on_connect_error. */
class ConnectCallbacksTest {
    private static final String ONE = "127.0.0.2";
    private static final String TWO = "127.0.0.3";

    private final Events events = new Events();
    private final LinkedBlockingQueue<Runnable> retries = new LinkedBlockingQueue<>();

    private static Haft haft(Site site) {
        return Haft.builder()
                .loops(1)
                .resolver(site)
                .closeTimeout(Duration.ofSeconds(2))
                .open();
    }

    /** Notes where it is connected to, and keeps the retry. */
    private ConnectCallback connected() {
        return (handle, address, retry) -> {
            events.add("connected " + ((InetSocketAddress) address).getAddress().getHostAddress());
            retries.add(retry);
        };
    }

    private HandleOptions.Builder options() {
        return events.options()
                .onConnect(connected())
                .onConnectError((h, e) -> events.add("connect error " + e.code() + (e.fatal() ? "!" : "")));
    }

    private Runnable retry() throws InterruptedException {
        Runnable retry = retries.poll(20, TimeUnit.SECONDS);
        assertTrue(retry != null, "there was no connection");
        return retry;
    }

    // onPrepare

    @Test
    void eachSocketIsPreparedBeforeItConnects() throws Exception {
        try (Site site = new Site(ONE, TWO).answers(TWO);
                Haft haft = haft(site)) {
            HandleOptions options = options()
                    .noDelay(true)
                    .onPrepare((handle, channel) -> {
                        assertSame(channel, handle.channel());
                        assertFalse(channel.isConnected());
                        assertFalse(channel.isBlocking());
                        assertTrue(channel.getOption(StandardSocketOptions.TCP_NODELAY));
                        assertNull(handle.remoteAddress());
                        assertTrue(handle.loop().inLoop());
                        channel.setOption(StandardSocketOptions.TCP_NODELAY, false);
                        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                        events.add("prepare");
                        return null;
                    })
                    .build();
            Handle handle = haft.connect(site.endpoint(), options);
            events.expect("prepare", "prepare", "connected " + TWO);
            SocketChannel channel = (SocketChannel) handle.channel();
            assertTrue(channel.getOption(StandardSocketOptions.SO_KEEPALIVE));
            // What was prepared stands above the options.
            assertFalse(channel.getOption(StandardSocketOptions.TCP_NODELAY));
        }
    }

    @Test
    void aUnixSocketIsPreparedToo(@TempDir Path directory) throws Exception {
        Endpoint endpoint = Endpoint.unix(directory.resolve("s"));
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(endpoint, h -> h.pushWrite("hello\n"))) {
            HandleOptions options = events.options()
                    .onPrepare((h, channel) -> {
                        events.add("prepare");
                        return null;
                    })
                    .onConnect((h, address, retry) -> events.add("connected " + address))
                    .build();
            haft.connect(listener.endpoint(), options).pushRead(line(), events.value());
            events.expect("prepare", "connected " + directory.resolve("s"), "hello");
        }
    }

    @Test
    void whatIsPreparedMayLimitTheTimeOfItsAddress() throws Exception {
        ManualClock clock = new ManualClock();
        try (Site site = new Site(ONE).hangs(ONE);
                Haft haft = Haft.builder().loops(1).clock(clock).resolver(site).open()) {
            HandleOptions options = options()
                    .onPrepare((h, channel) -> {
                        events.add("prepare");
                        return Duration.ofMillis(600);
                    })
                    .build();
            Handle handle = haft.connect(site.endpoint(), options);
            events.expect("prepare");
            Pair.settle(handle.loop());
            clock.advance(Duration.ofMillis(599));
            Pair.settle(handle.loop());
            events.expectNoMore();
            assertNull(handle.channel());
            clock.advance(Duration.ofMillis(1));
            events.expect("connect error TIMED_OUT!");
            Pair.await(handle.closed());
        }
    }

    @Test
    void theTimeOfAllAddressesHoldsAboveThatOfOne() throws Exception {
        ManualClock clock = new ManualClock();
        try (Site site = new Site(ONE).hangs(ONE);
                Haft haft = Haft.builder().loops(1).clock(clock).resolver(site).open()) {
            HandleOptions options = options()
                    .connectTimeout(Duration.ofSeconds(1))
                    .onPrepare((h, channel) -> {
                        events.add("prepare");
                        return Duration.ofHours(1);
                    })
                    .build();
            Handle handle = haft.connect(site.endpoint(), options);
            events.expect("prepare");
            Pair.settle(handle.loop());
            clock.advance(Duration.ofSeconds(1));
            events.expect("connect error TIMED_OUT!");
        }
    }

    @Test
    void anExceptionOfOnPrepareEndsTheHandle() throws Exception {
        try (Site site = new Site(ONE, TWO).answers(ONE, TWO);
                Haft haft = haft(site)) {
            HandleOptions.Builder options = options().onPrepare((h, channel) -> {
                throw new IllegalStateException("boom");
            });
            Handle handle = haft.connect(site.endpoint(), options.build());
            events.expect("CALLBACK_FAILED!");
            Pair.await(handle.closed());
            haft.connect(
                    site.endpoint(),
                    options.onPrepare((h, channel) -> Duration.ofSeconds(-1)).build());
            events.expect("CALLBACK_FAILED!");
            Pair.settle(handle.loop());
            events.expectNoMore();
        }
    }

    @Test
    void destroyInOnPrepareEndsItAndClosesTheSocket() throws Exception {
        CompletableFuture<SocketChannel> prepared = new CompletableFuture<>();
        try (Site site = new Site(ONE, TWO).answers(ONE, TWO);
                Haft haft = haft(site)) {
            HandleOptions.Builder options = options().onPrepare((handle, channel) -> {
                handle.destroy();
                prepared.complete(channel);
                return null;
            });
            Handle handle = haft.connect(site.endpoint(), options.build());
            Pair.await(handle.closed());
            Pair.settle(handle.loop());
            assertFalse(Pair.await(prepared).isOpen());
            events.expectNoMore();
        }
    }

    // onConnect

    @Test
    void whatWasPushedBeforeGoesOutBeforeWhatOnConnectPushes() throws Exception {
        try (Site site = new Site(ONE).answers(ONE);
                Haft haft = haft(site)) {
            HandleOptions options = events.options()
                    .onConnect((handle, address, retry) -> handle.pushWrite("second"))
                    .build();
            // On the loop: from another thread the connection might be there before the write is.
            CompletableFuture<Handle> made = new CompletableFuture<>();
            haft.loop()
                    .execute(() ->
                            made.complete(haft.connect(site.endpoint(), options).pushWrite("first,")));
            Handle handle = Pair.await(made);
            try (Peer peer = site.accept(ONE)) {
                assertEquals("first,second", peer.receive(12));
                assertEquals(Site.NAME, handle.peerName());
            }
        }
    }

    @Test
    void onDrainOfTheOptionsIsCalledWhenThereIsAConnection() throws Exception {
        // cb.on_drain
        try (Site site = new Site(ONE).answers(ONE);
                Haft haft = haft(site)) {
            haft.loop().execute(() -> {
                haft.connect(
                        site.endpoint(), options().onDrain(events.on("drain")).build());
                events.add("made");
            });
            events.expect("made", "drain", "connected " + ONE);
        }
    }

    @Test
    void anExceptionOfOnConnectEndsTheHandle() throws Exception {
        try (Site site = new Site(ONE).answers(ONE);
                Haft haft = haft(site)) {
            HandleOptions options = events.options()
                    .onConnect((handle, address, retry) -> {
                        throw new IllegalStateException("boom");
                    })
                    .build();
            Handle handle = haft.connect(site.endpoint(), options);
            events.expect("CALLBACK_FAILED!");
            Pair.await(handle.closed());
        }
    }

    @Test
    void destroyInOnConnectIsTheEnd() throws Exception {
        try (Site site = new Site(ONE).answers(ONE);
                Haft haft = haft(site)) {
            HandleOptions options = events.options()
                    .onConnect((handle, address, retry) -> {
                        handle.destroy();
                        retry.run();
                    })
                    .build();
            Handle handle = haft.connect(site.endpoint(), options);
            try (Peer peer = site.accept(ONE)) {
                assertEquals("", peer.receiveText());
            }
            Pair.await(handle.closed());
            events.expectNoMore();
        }
    }

    // Retry

    @Test
    void retryGoesOnToTheNextAddress() throws Exception {
        try (Site site = new Site(ONE, TWO).answers(ONE, TWO);
                Haft haft = haft(site)) {
            HandleOptions options = events.options()
                    .onConnect((handle, address, retry) -> {
                        connected().accept(handle, address, retry);
                        if (retries.size() == 1) {
                            handle.pushWrite("for nobody");
                            retry.run();
                            assertNull(handle.channel());
                            assertNull(handle.remoteAddress());
                        } else {
                            handle.pushWrite("hello\n");
                            handle.pushRead(line(), events.value());
                        }
                    })
                    .build();
            Handle handle = haft.connect(site.endpoint(), options);
            try (Peer declined = site.accept(ONE);
                    Peer peer = site.accept(TWO)) {
                assertEquals("", declined.receiveText());
                assertEquals("hello\n", peer.receive(6));
                peer.send("world\n");
                events.expect("connected " + ONE, "connected " + TWO, "world");
                assertEquals(
                        TWO,
                        ((InetSocketAddress) handle.remoteAddress())
                                .getAddress()
                                .getHostAddress());
            }
        }
    }

    @Test
    void aLaterRetryForgetsTheQueuesAndTheEndOfTheStream() throws Exception {
        try (Site site = new Site(ONE, TWO).answers(ONE, TWO);
                Haft haft = haft(site)) {
            Handle handle = haft.connect(site.endpoint(), options().build());
            handle.onEach(line(), events.value());
            try (Peer first = site.accept(ONE)) {
                events.expect("connected " + ONE);
                CompletableFuture<byte[]> unserved = handle.read(chunk(5));
                handle.pushShutdown();
                assertEquals("", first.receiveText());
                first.send("abc");
                Pair.settle(handle.loop());
                retry().run();
                HandleException error = (HandleException) Pair.failure(unserved);
                assertEquals(ErrorCode.DESTROYED, error.code());
            }
            try (Peer second = site.accept(TWO)) {
                events.expect("connected " + TWO);
                assertEquals(0, handle.stats().pendingReadBytes());
                assertEquals(0, handle.stats().queuedReads());
                handle.pushWrite("still open");
                assertEquals("still open", second.receive(10));
                // onEach is a callback: it stays.
                second.send("served\n");
                second.end();
                events.expect("served", "eof");
            }
            assertFalse(handle.isDestroyed());
        }
    }

    @Test
    void afterTheEndOfTheStreamRetryMakesItFlowAgain() throws Exception {
        try (Site site = new Site(ONE, TWO).answers(ONE, TWO);
                Haft haft = haft(site)) {
            HandleOptions options = options()
                    .onEof(h -> {
                        events.add("eof");
                        retries.remove().run();
                    })
                    .build();
            Handle handle = haft.connect(site.endpoint(), options).onEach(line(), events.value());
            try (Peer first = site.accept(ONE)) {
                events.expect("connected " + ONE);
                first.end();
                events.expect("eof");
            }
            try (Peer second = site.accept(TWO)) {
                events.expect("connected " + TWO);
                second.send("again\n");
                second.end();
                events.expect("again", "eof", "connect error UNREACHABLE!");
            }
            Pair.await(handle.closed());
        }
    }

    @Test
    void anErrorOfTheReadSideIsForgotten() throws Exception {
        try (Site site = new Site(ONE, TWO).answers(ONE, TWO);
                Haft haft = haft(site)) {
            HandleOptions options = options()
                    .onError((h, error) -> {
                        events.note(error);
                        retries.remove().run();
                        h.pushRead(line(), events.value());
                    })
                    .build();
            Handle handle = haft.connect(site.endpoint(), options);
            handle.pushRead(line().named("short"), events.value()).pushRead(netstring(), events.value());
            try (Peer first = site.accept(ONE)) {
                first.send("x\nno netstring");
                events.expect("connected " + ONE, "x", "BAD_MESSAGE", "connected " + TWO);
            }
            try (Peer second = site.accept(TWO)) {
                second.send("good\n");
                events.expect("good");
            }
        }
    }

    @Test
    void writesThatWaitAreDroppedAndTheirFuturesFail() throws Exception {
        try (Site site = new Site(ONE, TWO).answers(ONE, TWO);
                Haft haft = haft(site)) {
            Handle handle = haft.connect(
                    site.endpoint(), options().highWaterBytes(1 << 20).build());
            try (Peer first = site.accept(ONE)) {
                events.expect("connected " + ONE);
                CompletableFuture<Void> unwritten = handle.write(Writes.bytes(), new byte[32 << 20]);
                Pair.settle(handle.loop());
                assertFalse(handle.isWritable());
                retry().run();
                assertEquals(ErrorCode.DESTROYED, ((HandleException) Pair.failure(unwritten)).code());
                assertTrue(handle.isWritable());
                assertEquals(0, handle.pendingWriteBytes());
                first.end();
            }
            try (Peer second = site.accept(TWO)) {
                events.expect("connected " + TWO);
                handle.pushWrite("hello");
                assertEquals("hello", second.receive(5));
            }
        }
    }

    @Test
    void whatIsPushedBecauseAFutureFailedIsForTheNextConnection() throws Exception {
        try (Site site = new Site(ONE, TWO).answers(ONE, TWO);
                Haft haft = haft(site)) {
            Handle handle = haft.connect(site.endpoint(), options().build());
            try (Peer first = site.accept(ONE)) {
                events.expect("connected " + ONE);
                CompletableFuture<String> pushed = handle.read(line()).exceptionally(t -> {
                    handle.pushWrite("read,").pushRead(line(), events.value());
                    return "failed";
                });
                CompletableFuture<Void> written = handle.write(Writes.bytes(), new byte[32 << 20])
                        .exceptionally(t -> {
                            handle.pushWrite("write").pushRead(line(), events.value());
                            return null;
                        });
                Pair.settle(handle.loop());
                retry().run();
                assertEquals("failed", Pair.await(pushed));
                Pair.await(written);
                first.end();
            }
            try (Peer second = site.accept(TWO)) {
                events.expect("connected " + TWO);
                assertEquals("read,write", second.receive(10));
                second.send("one\ntwo\n");
                events.expect("one", "two");
            }
        }
    }

    @Test
    void withoutAnotherAddressThereIsNoConnection() throws Exception {
        try (Site site = new Site(ONE).answers(ONE);
                Haft haft = haft(site)) {
            Handle handle = haft.connect(site.endpoint(), options().build());
            events.expect("connected " + ONE);
            retry().run();
            events.expect("connect error UNREACHABLE!");
            Pair.await(handle.closed());
        }
    }

    @Test
    void aRetryWorksOnceAndNotAfterTheEnd() throws Exception {
        try (Site site = new Site(ONE, TWO).answers(ONE, TWO);
                Haft haft = haft(site)) {
            Handle handle = haft.connect(site.endpoint(), options().build());
            events.expect("connected " + ONE);
            Runnable first = retry();
            first.run();
            first.run();
            events.expect("connected " + TWO);
            first.run();
            Pair.settle(handle.loop());
            events.expectNoMore();
            Runnable second = retry();
            handle.destroy();
            second.run();
            Pair.await(handle.closed());
            events.expectNoMore();
        }
    }

    // onConnectError

    @Test
    void onConnectErrorIsToldInsteadOfOnError() throws Exception {
        try (Site site = new Site(ONE, TWO);
                Haft haft = haft(site)) {
            HandleOptions options = options()
                    .onConnectError((handle, error) -> {
                        assertFalse(handle.isDestroyed());
                        events.note(error);
                    })
                    .build();
            Handle handle = haft.connect(site.endpoint(), options);
            events.expect("CONNECTION_REFUSED!");
            Pair.await(handle.closed());
            events.expectNoMore();
            HandleException error = events.lastError();
            assertTrue(error.getMessage().startsWith("cannot connect to tcp://site.test:"), error.getMessage());
            // The failure of the other address.
            assertEquals(1, error.getCause().getSuppressed().length);
        }
    }

    @Test
    void anExceptionOfOnConnectErrorIsLoggedAndTheHandleEnds() throws Exception {
        try (LogCapture log = LogCapture.of(Handle.class);
                Site site = new Site(ONE);
                Haft haft = haft(site)) {
            HandleOptions options = options()
                    .onConnectError((handle, error) -> {
                        throw new IllegalStateException("boom");
                    })
                    .build();
            Handle handle = haft.connect(site.endpoint(), options);
            Pair.await(handle.closed());
            assertTrue(log.next().contains("an error callback threw"));
            events.expectNoMore();
        }
    }
}
