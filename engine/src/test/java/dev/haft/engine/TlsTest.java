package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.toEnd;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.ListenOptions;
import dev.haft.Listener;
import dev.haft.spi.Clock;
import dev.haft.testkit.ManualClock;
import dev.haft.testkit.SelfSigned;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsRole;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS starts and stops in mid-stream, over the JDK's engine. Parity section TLS. */
@Timeout(120)
class TlsTest {
    private static final String V12 = "TLSv1.2";
    private static final String V13 = "TLSv1.3";

    private static final SSLContext TRUSTED = SelfSigned.make().jdkContext();

    private final Events client = new Events();
    private final Events server = new Events();
    private final Haft haft =
            Haft.builder().loops(2).closeTimeout(Duration.ofSeconds(5)).open();
    private String protocol = V13;
    private Handle a;
    private Handle b;

    @AfterEach
    void end() {
        haft.close();
    }

    private void open(String version, HandleOptions.Builder clientOptions, HandleOptions.Builder serverOptions)
            throws Exception {
        protocol = version;
        CompletableFuture<Handle> accepted = new CompletableFuture<>();
        Listener listener =
                haft.listen(Endpoint.tcp("127.0.0.1", 0), ListenOptions.of(serverOptions.build()), accepted::complete);
        a = haft.connect(listener.endpoint(), clientOptions.build());
        b = Pair.await(accepted);
        // The peer has it a moment before the handle knows: what is destroyed while it connects has nothing to linger
        // for.
        Pair.settle(a.loop());
        listener.close();
    }

    private void open(String version) throws Exception {
        open(version, client.options(), server.options());
    }

    private static TlsEngine engine(SSLContext context, boolean isClient, String version) {
        SSLEngine engine = context.createSSLEngine("localhost", 0);
        engine.setUseClientMode(isClient);
        engine.setEnabledProtocols(new String[] {version});
        return TlsEngine.of(engine);
    }

    private TlsEngine clientEngine() {
        return engine(TRUSTED, true, protocol);
    }

    private TlsEngine serverEngine() {
        return engine(TRUSTED, false, protocol);
    }

    private void start() {
        a.startTls(clientEngine());
        b.startTls(serverEngine());
    }

    private static String next(Handle handle) {
        return Pair.await(handle.read(line()));
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void whatIsWrittenComesOutAtTheOtherEnd(String version) throws Exception {
        open(version);
        start();
        a.pushWrite("hello\n");
        b.pushWrite("welcome\n");
        assertEquals("hello", next(b));
        assertEquals("welcome", next(a));
        assertNotNull(a.tlsSession());
        assertEquals(version, a.tlsSession().protocol().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void startAndStopInMidStreamTwiceWithTheRolesSwapped(String version) throws Exception {
        open(
                version,
                client.options().onStopTls(client.on("stopped")),
                server.options().onStopTls(server.on("stopped")));
        a.pushWrite("clear 1\n");
        b.pushWrite("CLEAR 1\n");
        assertEquals("clear 1", next(b));
        assertEquals("CLEAR 1", next(a));
        start();
        a.pushWrite("sealed 2\n");
        b.pushWrite("SEALED 2\n");
        assertEquals("sealed 2", next(b));
        assertEquals("SEALED 2", next(a));
        a.stopTls().pushWrite("clear 3\n");
        assertEquals("clear 3", next(b));
        server.expect("stopped");
        b.pushWrite("CLEAR 3\n");
        assertEquals("CLEAR 3", next(a));
        client.expect("stopped");
        assertNull(a.tlsSession());
        assertNull(b.tlsSession());
        b.startTls(clientEngine()).pushWrite("SEALED 4\n");
        a.startTls(serverEngine()).pushWrite("sealed 4\n");
        assertEquals("sealed 4", next(b));
        assertEquals("SEALED 4", next(a));
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void startTlsInTheCallbackOfTheCommandThatAsksForIt(String version) throws Exception {
        open(version);
        b.pushRead(line(), (h, command) -> {
            h.pushWrite("go ahead\n");
            h.startTls(serverEngine());
            h.pushWrite("first sealed\n");
        });
        a.pushWrite("STARTTLS\n");
        a.pushRead(line(), (h, answer) -> h.startTls(clientEngine()).pushRead(line(), client.value()));
        client.expect("first sealed");
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void muchGoesBothWaysAndNothingIsLost(String version) throws Exception {
        open(version);
        byte[] much = new byte[5_000_000];
        new Random(7).nextBytes(much);
        a.pushWrite(much);
        a.startTls(clientEngine());
        b.pushRead(chunk(much.length), (h, got) -> {
            assertArrayEquals(much, got);
            h.startTls(serverEngine()).pushWrite(much);
            h.pushRead(chunk(much.length), server.value());
        });
        a.pushWrite(much).stopTls().pushWrite(much);
        CompletableFuture<byte[]> answer = a.read(chunk(much.length));
        assertArrayEquals(much, Pair.await(answer));
        assertEquals(much.length, server.next().length());
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void whatOnePassWritesIsSealedTogether(String version) throws Exception {
        open(version);
        AtomicInteger seals = new AtomicInteger();
        a.startTls(clientEngine());
        b.startTls(countingSeals(serverEngine(), seals));
        b.onEach(line(), (handle, text) -> handle.pushWrite(text + "\n"));
        for (int round = 1; round <= 3; round++) {
            a.pushWrite("line\n".repeat(16));
            for (int i = 0; i < 16; i++) {
                assertEquals("line", next(a));
            }
            assertEquals(round, seals.get(), "records for " + 16 * round + " lines");
        }
    }

    /** Counts the calls that take clear text; each makes one record of what is so short. */
    private static TlsEngine countingSeals(TlsEngine engine, AtomicInteger seals) {
        return (TlsEngine) Proxy.newProxyInstance(
                TlsEngine.class.getClassLoader(), new Class<?>[] {TlsEngine.class}, (proxy, method, arguments) -> {
                    ByteBuffer clear = method.getName().equals("send") ? (ByteBuffer) arguments[0] : null;
                    int before = clear == null ? 0 : clear.remaining();
                    try {
                        return method.invoke(engine, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (clear != null && clear.remaining() < before) {
                            seals.incrementAndGet();
                        }
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void closeIsNoTruncation(String version) throws Exception {
        open(version);
        start();
        b.pushRead(line(), server.value());
        a.pushWrite("last\n").close();
        server.expect("last");
        b.pushRead(toEnd(10), server.value());
        server.expect("");
        b.close();
        Pair.await(a.closed());
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void destroyLingersInTlsAndEndsItInOrder(String version) throws Exception {
        open(version);
        byte[] much = new byte[3_000_000];
        start();
        a.pushWrite(much).destroy();
        assertEquals(much.length, Pair.await(b.read(chunk(much.length))).length);
        b.pushRead(toEnd(10), server.value());
        server.expect("");
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void anEndWithoutCloseNotifyIsTruncation(String version) throws Exception {
        open(version);
        start();
        a.pushWrite("x\n");
        assertEquals("x", next(b));
        a.resetTls().close();
        b.pushRead(line(), server.value());
        server.expect("TLS_TRUNCATED!");
    }

    @ParameterizedTest
    @ValueSource(strings = {V13})
    void afterPushShutdownTheAnswersStillCome(String version) throws Exception {
        open(version);
        start();
        b.pushRead(
                line(),
                (h, request) ->
                        h.onEof(x -> x.pushWrite("late answer\n").close()).onRead(x -> {}));
        a.pushWrite("request\n").pushShutdown();
        assertEquals("late answer", next(a));
        a.pushRead(toEnd(10), client.value());
        client.expect("");
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void garbageIsAnErrorAndThePeerIsTold(String version) throws Exception {
        open(
                version,
                client.options(),
                server.options().onStartTls((h, outcome) -> server.add("start " + outcome.succeeded())));
        b.startTls(serverEngine());
        a.pushWrite("GET / HTTP/1.0\r\n\r\n");
        server.expect("start false");
        Pair.await(b.closed().thenCombine(closeWhenEnded(), (x, y) -> null));
        server.expectNoMore();
        assertTrue(b.isDestroyed());
    }

    @Test
    void afterAFailureTheLoopRestsUntilThePeerEnds() throws Exception {
        AtomicLong looks = new AtomicLong();
        Clock counting = () -> {
            looks.incrementAndGet();
            return System.nanoTime();
        };
        try (Haft counted = Haft.builder()
                .loops(1)
                .clock(counting)
                .closeTimeout(Duration.ofSeconds(5))
                .open()) {
            Listener listener = counted.listen(
                    Endpoint.tcp("127.0.0.1", 0),
                    ListenOptions.of(server.options().build()),
                    h -> h.startTls(serverEngine()));
            a = haft.connect(listener.endpoint(), client.options().build());
            a.pushWrite("GET / HTTP/1.0\r\n\r\n");
            server.expect("TLS_FAILED!");
            long before = looks.get();
            CompletableFuture<Void> later = new CompletableFuture<>();
            counted.loop().schedule(Duration.ofMillis(200), () -> later.complete(null));
            Pair.await(later);
            assertTrue(looks.get() - before < 100, () -> looks.get() - before + " looks at the clock");
            a.destroy();
        }
    }

    private CompletableFuture<Void> closeWhenEnded() {
        a.onEof(Handle::close)
                .onRead(h -> h.readBuffer().position(h.readBuffer().limit()));
        return a.closed();
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void nothingIsDeliveredBeforeOnStartTls(String version) throws Exception {
        open(
                version,
                client.options().onStartTls((h, outcome) -> client.add("start " + outcome.succeeded())),
                server.options().onStartTls((h, outcome) -> server.add("start " + outcome.succeeded())));
        a.pushRead(line(), client.value());
        b.pushRead(line(), server.value());
        start();
        a.pushWrite("one\n");
        b.pushWrite("two\n");
        client.expect("start true", "two");
        server.expect("start true", "one");
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void aStrangerIsNotTalkedTo(String version) throws Exception {
        open(version);
        a.startTls(engine(SSLContext.getDefault(), true, version)).pushWrite("secret\n");
        b.startTls(serverEngine());
        b.pushRead(line(), server.value());
        client.expect("TLS_FAILED!");
        server.expect("TLS_FAILED!");
        server.expectNoMore();
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void aFailureMayKeepTheHandleIfTheProgramSaysSo(String version) throws Exception {
        open(version, client.options(), server.options().onStartTls((h, outcome) -> {
            server.add("start " + outcome.error().code());
            outcome.keepHandle();
        }));
        b.startTls(serverEngine());
        a.pushWrite("HELO\n");
        server.expect("start TLS_FAILED");
        b.onEach(line(), server.value());
        a.pushWrite("plain\n");
        // What came first was no TLS, and is clear text after all.
        server.expect("HELO", "plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void startTlsWhileConnectingSealsAllThatIsWritten(String version) throws Exception {
        protocol = version;
        CompletableFuture<Handle> accepted = new CompletableFuture<>();
        Listener listener = haft.listen(
                Endpoint.tcp("127.0.0.1", 0), ListenOptions.of(server.options().build()), h -> {
                    h.startTls(serverEngine());
                    accepted.complete(h);
                });
        CompletableFuture<Handle> connecting = new CompletableFuture<>();
        haft.loop()
                .execute(() -> connecting.complete(
                        haft.connect(listener.endpoint(), client.options().build())
                                .startTls(clientEngine())
                                .pushWrite("early\n")));
        a = Pair.await(connecting);
        b = Pair.await(accepted);
        assertEquals("early", next(b));
        listener.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {V12, V13})
    void theLastClearTextAndTheStartAreOneStep(String version) throws Exception {
        open(version);
        a.pushRead(line(), (h, answer) -> h.startTls(clientEngine()).pushWrite("sealed\n"));
        b.onError(server.error());
        CompletableFuture<String> sealed = new CompletableFuture<>();
        b.execute(h -> {
            h.pushWrite("220 go\n");
            h.startTls(serverEngine());
            h.pushRead(line(), (x, text) -> sealed.complete(text));
        });
        assertEquals("sealed", Pair.await(sealed));
    }

    @ParameterizedTest
    @ValueSource(strings = {V13})
    void withoutAProviderStartTlsFails(String version) throws Exception {
        open(version, client.options().peerName("localhost"), server.options());
        a.startTls(TlsRole.CLIENT, TlsContext.standard(), ByteBuffer.wrap(new byte[] {'x', '\n'}));
        client.expect("TLS_FAILED!");
        HandleException error = client.lastError();
        assertEquals(ErrorCode.TLS_FAILED, error.code());
        assertEquals("no TLS provider", error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {V13})
    void aHandshakeThatTakesTooLongFails(String version) throws Exception {
        ManualClock clock = new ManualClock();
        try (Pair pair = Pair.open(Link.TCP, server.options(), clock)) {
            pair.onLoop(h -> h.startTls(engine(TRUSTED, false, version)));
            Supplier<Duration> limit = dev.haft.tls.TlsOptions.standard()::handshakeTimeout;
            clock.advance(limit.get());
            server.expect("TLS_FAILED!");
        }
    }
}
