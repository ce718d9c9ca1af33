package dev.haft.itests.tls;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.proxyHeader;
import static dev.haft.Reads.toEnd;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.ListenOptions;
import dev.haft.Listener;
import dev.haft.Protocol;
import dev.haft.Writes;
import dev.haft.testkit.HandlePair;
import dev.haft.testkit.ManualClock;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsProvider;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsStart;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on handles by the provider that is shipped. Parity section TLS, {@code w.push_shutdown}, {@code opt.linger}. */
@Timeout(120)
class HandlesTest {
    private static final String V12 = "TLSv1.2";
    private static final String V13 = "TLSv1.3";
    private static final Keys KEYS = Keys.make();

    private final Haft haft =
            Haft.builder().loops(2).closeTimeout(Duration.ofSeconds(5)).open();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        haft.close();
    }

    private static TlsContext context(String protocol) {
        return KEYS.options().protocols(protocol).build().context();
    }

    private static TlsEngine clientEngine(String protocol) throws Exception {
        TlsProvider provider = ServiceLoader.load(TlsProvider.class).findFirst().orElseThrow();
        return provider.engine(TlsStart.client(context(protocol), "localhost"));
    }

    private static <T> T soon(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private void expect(String... events) throws InterruptedException {
        for (String event : events) {
            assertEquals(event, heard.poll(20, TimeUnit.SECONDS));
        }
    }

    private HandleOptions.Builder options() {
        return HandleOptions.builder()
                .peerName("localhost")
                .onError((h, error) -> heard.add("error " + error.code()))
                .onEof(h -> heard.add("eof"))
                .onStartTls((h, outcome) -> heard.add("start " + outcome.succeeded()));
    }

    private TlsPeer peer(String protocol, HandleOptions options, Protocol serve) throws Exception {
        // It ends with its Haft: at once it might be too early for the connection.
        Listener listener = haft.listen(Endpoint.tcp("127.0.0.1", 0), ListenOptions.of(options), serve);
        return new TlsPeer(listener.port(), clientEngine(protocol));
    }

    // One segment

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void aProxyHeaderAClearLineAndAClientHelloComeInOneSegment(String protocol) throws Exception {
        TlsContext context = context(protocol);
        try (TlsPeer peer = peer(
                protocol,
                options().build(),
                h -> h.pushRead(proxyHeader(), (x, header) -> {
                    heard.add("from " + header.source());
                    x.pushRead(line(), (y, command) -> {
                        heard.add(command);
                        y.startTls(TlsRole.SERVER, context)
                                .onEach(line(), (z, text) -> z.pushWrite("<" + text + ">\n"));
                    });
                }))) {
            peer.plain("PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n")
                    .plain("STARTTLS\r\n")
                    .start()
                    .shakeHands();
            expect("from /192.0.2.1:56324", "STARTTLS", "start true");
            assertEquals("<one>", peer.sealed("one\n").send().line());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void clearTextFollowsCloseNotifyInTheSameSegment(String protocol) throws Exception {
        TlsContext context = context(protocol);
        try (TlsPeer peer = peer(
                protocol,
                options()
                        .tls(TlsRole.SERVER, context)
                        .onStopTls(h -> heard.add("stop"))
                        .build(),
                h -> h.onEach(line(), (x, text) -> {
                    heard.add(text);
                    x.pushWrite("<" + text + ">\n");
                }))) {
            peer.start().shakeHands();
            peer.sealed("sealed\n").closeNotify().plain("clear\n").send();
            expect("start true", "sealed", "stop", "clear");
            assertEquals("<sealed>", peer.line());
            assertEquals("<clear>", peer.plainLine());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void onStopTlsIsHeardAlthoughNothingIsRead(String protocol) throws Exception {
        try (TlsPeer peer = peer(
                protocol,
                options()
                        .tls(TlsRole.SERVER, context(protocol))
                        .onStopTls(h -> h.pushWrite("bye\n"))
                        .build(),
                h -> {})) {
            peer.start().shakeHands().closeNotify().send();
            assertEquals("bye", peer.plainLine());
        }
    }

    // Ends

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void closeAndDestroySendAllThatWasWrittenAndCloseNotify(String protocol) throws Exception {
        byte[] much = new byte[2_000_000];
        HandleOptions options = options().tls(TlsRole.SERVER, context(protocol)).build();
        try (TlsPeer closed = peer(protocol, options, h -> h.pushWrite(much).close());
                TlsPeer destroyed =
                        peer(protocol, options, h -> h.pushWrite(much).destroy())) {
            assertEquals(much.length, closed.start().shakeHands().countToCloseNotify());
            assertEquals(much.length, destroyed.start().shakeHands().countToCloseNotify());
        }
        assertNull(heard.poll());
    }

    @Test
    void pushShutdownLeavesReadingOpen() throws Exception {
        try (TlsPeer peer = peer(
                V13,
                options().tls(TlsRole.SERVER, context(V13)).build(),
                h -> h.pushWrite("last\n").pushShutdown().onEach(line(), (x, text) -> heard.add(text)))) {
            assertEquals(5, peer.start().shakeHands().countToCloseNotify());
            peer.sealed("one\n").send();
            expect("start true", "one");
            peer.sealed("two\n").closeNotify().send();
            expect("two", "eof");
        }
    }

    // Calls from other threads, limits, futures

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void whatOneThreadPushesAroundStartAndStopStaysInOrder(String protocol) throws Exception {
        TlsContext context = context(protocol);
        HandlePair pair = HandlePair.open(haft, options().build(), options().build());
        // The peer's close_notify may come before an own stopTls: what is to hear of it is there from the start.
        pair.second().onStopTls(h -> {});
        BlockingQueue<String> stopped = new LinkedBlockingQueue<>();
        pair.first().onStopTls(h -> stopped.add("stopped"));
        for (int round = 0; round < 5; round++) {
            CompletableFuture<String> before = pair.second().read(line());
            pair.first().pushWrite("clear\n").startTls(TlsRole.CLIENT, context).pushWrite("sealed\n");
            assertEquals("clear", soon(before));
            CompletableFuture<String> within =
                    pair.second().startTls(TlsRole.SERVER, context).read(line());
            assertEquals("sealed", soon(within));
            pair.first().stopTls().pushWrite("again\n");
            pair.second().stopTls();
            assertEquals("again", soon(pair.second().read(line())));
            assertEquals("stopped", stopped.poll(20, TimeUnit.SECONDS));
            expect("start true", "start true");
        }
        assertNull(heard.poll());
    }

    @Test
    void aWriteIsDoneWhenItsRecordsHaveLeft() throws Exception {
        HandlePair pair = HandlePair.open(
                haft, options().build(), options().maxWriteBufferBytes(1_000).build());
        Handle server = pair.second().startTls(TlsRole.SERVER, context(V13));
        CompletableFuture<Void> write = server.write(Writes.bytes(), new byte[900]);
        CompletableFuture<Void> over = server.write(Writes.bytes(), new byte[900]);
        assertEquals("refused", soon(over.handle((done, failed) -> failed == null ? "written" : "refused")));
        assertEquals("lost", soon(write.handle((done, failed) -> failed == null ? "written" : "lost")));
        expect("error " + ErrorCode.BUFFER_FULL);

        HandlePair other = HandlePair.open(haft, options().build(), options().build());
        CompletableFuture<Void> waits =
                other.second().startTls(TlsRole.SERVER, context(V13)).write(Writes.bytes(), new byte[900]);
        assertEquals(900, other.second().pendingWriteBytes());
        assertFalse(waits.isDone());
        other.first().startTls(TlsRole.CLIENT, context(V13));
        assertEquals(900, soon(other.first().read(chunk(900))).length);
        soon(waits);
        assertEquals(0, other.second().pendingWriteBytes());
    }

    // Failures

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void resetTlsGoesOnInClearText(String protocol) throws Exception {
        HandlePair pair = HandlePair.open(haft, options().build(), options().build());
        pair.first().startTls(TlsRole.CLIENT, context(protocol)).pushWrite("sealed\n");
        pair.second().startTls(TlsRole.SERVER, context(protocol)).pushWrite("SEALED\n");
        assertEquals("sealed", soon(pair.second().read(line())));
        assertEquals("SEALED", soon(pair.first().read(line())));
        pair.first().resetTls();
        pair.second().resetTls().pushWrite("clear\n");
        assertEquals("clear", soon(pair.first().read(line())));
        assertNull(pair.first().tlsSession());
    }

    @Test
    void aHandshakeThatTakesTooLongFailsByTheClock() throws Exception {
        ManualClock clock = new ManualClock();
        try (Haft timed = Haft.builder().loops(1).clock(clock).open()) {
            TlsOptions tls =
                    KEYS.options().handshakeTimeout(Duration.ofSeconds(7)).build();
            HandlePair pair = HandlePair.open(
                    timed, options().build(), options().tls(TlsRole.SERVER, tls).build());
            CompletableFuture<Void> begun = new CompletableFuture<>();
            pair.second().execute(h -> begun.complete(null));
            soon(begun);
            clock.advance(Duration.ofSeconds(6));
            assertNull(heard.poll(50, TimeUnit.MILLISECONDS));
            clock.advance(Duration.ofSeconds(1));
            expect("start false");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void aHandshakeOfOneByteASecondHasNoMoreTimeThanAnother(String protocol) throws Exception {
        ManualClock clock = new ManualClock();
        try (Haft timed = Haft.builder().loops(1).clock(clock).open()) {
            TlsOptions tls =
                    KEYS.options().handshakeTimeout(Duration.ofSeconds(30)).build();
            HandlePair pair = HandlePair.open(
                    timed, options().build(), options().tls(TlsRole.SERVER, tls).build());
            TlsEngine engine = clientEngine(protocol);
            engine.start();
            ByteBuffer hello = ByteBuffer.allocate(TlsEngine.MAX_RECORD_BYTES);
            engine.send(ByteBuffer.allocate(0), hello);
            hello.flip();
            assertTrue(hello.remaining() > 30);
            for (int second = 0; second < 30; second++) {
                assertNull(heard.poll(), "after " + second + " s");
                soon(pair.first().write(Writes.bytes(), new byte[] {hello.get()}));
                CompletableFuture<Void> seen = new CompletableFuture<>();
                pair.second().execute(h -> seen.complete(null));
                soon(seen);
                clock.advance(Duration.ofSeconds(1));
            }
            expect("start false");
        }
    }

    @Test
    void aFailedHandshakeMayKeepTheHandleAndThePeerHearsWhy() throws Exception {
        HandleOptions keeps = options()
                .onStartTls((h, outcome) -> {
                    heard.add("kept " + outcome.error());
                    outcome.keepHandle();
                })
                .build();
        HandlePair pair = HandlePair.open(haft, keeps, options().build());
        TlsOptions strange = TlsOptions.builder().build();
        pair.first().startTls(TlsRole.CLIENT, strange.context());
        pair.second().startTls(TlsRole.SERVER, context(V13));
        List<String> both = List.of(heard.poll(20, TimeUnit.SECONDS), heard.poll(20, TimeUnit.SECONDS));
        assertTrue(both.stream().anyMatch(one -> one.startsWith("kept TLS_FAILED")), both.toString());
        assertTrue(both.contains("start false"), both.toString());
        assertFalse(pair.first().isDestroyed());
    }

    // Executor, connecting

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void handshakesRunOnTheExecutorOfTheOptions(String protocol) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "handshakes"));
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        try {
            TlsContext context = KEYS.options()
                    .protocols(protocol)
                    .executor(task -> executor.execute(() -> {
                        ran.add(Thread.currentThread().getName());
                        task.run();
                    }))
                    .build()
                    .context();
            HandlePair pair = HandlePair.open(haft, options().build(), options().build());
            pair.first().startTls(TlsRole.CLIENT, context).pushWrite("one\n");
            pair.second().startTls(TlsRole.SERVER, context).pushWrite("two\n");
            assertEquals("one", soon(pair.second().read(line())));
            assertEquals("two", soon(pair.first().read(line())));
            assertEquals(List.of("handshakes"), ran.stream().distinct().toList());
        } finally {
            executor.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void aRetryShakesHandsAnewWithTheNextAddress(String protocol) throws Exception {
        TlsContext context = context(protocol);
        HandleOptions serving =
                HandleOptions.builder().tls(TlsRole.SERVER, context).build();
        try (Listener one =
                        haft.listen(Endpoint.tcp("127.0.0.1", 0), ListenOptions.of(serving), h -> h.pushWrite("1\n"));
                Listener two = haft.listen(
                        Endpoint.tcp("127.0.0.2", one.port()), ListenOptions.of(serving), h -> h.pushWrite("2\n"));
                Haft named = Haft.builder()
                        .resolver(name -> List.of(
                                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                                InetAddress.getByAddress(new byte[] {127, 0, 0, 2})))
                        .open()) {
            CompletableFuture<Runnable> retry = new CompletableFuture<>();
            CompletableFuture<String> answer = new CompletableFuture<>();
            HandleOptions options = options()
                    .tls(TlsRole.CLIENT, context)
                    .onConnect((h, address, again) -> {
                        if (!retry.complete(again)) {
                            h.pushRead(line(), (x, text) -> answer.complete(text));
                        }
                    })
                    .build();
            Handle handle = named.connect(Endpoint.tcp("site.test", two.port()), options);
            expect("start true");
            assertNotNull(handle.tlsSession());
            soon(retry).run();
            expect("start true");
            assertEquals("2", soon(answer));
            handle.close();
        }
    }

    @Test
    void theEndOfTlsIsTheEndOfTheStreamWithoutOnStopTls() throws Exception {
        CompletableFuture<String> rest = new CompletableFuture<>();
        try (TlsPeer peer = peer(
                V13,
                options().tls(TlsRole.SERVER, context(V13)).build(),
                h -> h.pushRead(toEnd(100), (x, bytes) -> rest.complete(new String(bytes, StandardCharsets.UTF_8))))) {
            peer.start()
                    .shakeHands()
                    .sealed("all")
                    .closeNotify()
                    .plain("injected")
                    .send();
            assertEquals("all", soon(rest));
        }
    }
}
