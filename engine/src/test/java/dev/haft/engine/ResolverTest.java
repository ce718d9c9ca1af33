package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.Listener;
import dev.haft.spi.Resolver;
import dev.haft.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resolver of one's own. Parity open.resolver. */
class ResolverTest {
    private static final Endpoint SOME = Endpoint.tcp("some.test", 1);

    private final Events events = new Events();

    private static Haft haft(Resolver resolver) {
        return Haft.builder()
                .loops(1)
                .resolver(resolver)
                .closeTimeout(Duration.ZERO)
                .open();
    }

    private static Throwable throwable(String name) {
        return switch (name) {
            case "IOException" -> new IOException(name);
            case "IllegalStateException" -> new IllegalStateException(name);
            default -> new StackOverflowError(name);
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> List<InetAddress> raise(Throwable t) throws T {
        throw (T) t;
    }

    @ParameterizedTest
    @ValueSource(strings = {"IOException", "IllegalStateException", "StackOverflowError"})
    void whateverItThrowsTheConnectionFailsAtOnce(String thrown) {
        // Without a limit of time only the exception can end it.
        Throwable expected = throwable(thrown);
        try (Haft haft = haft(host -> ResolverTest.<RuntimeException>raise(expected))) {
            haft.connect(SOME, events.options().connectTimeout(Duration.ZERO).build());
            events.expect("UNKNOWN_HOST!");
            assertSame(expected, events.lastError().getCause().getCause());
        }
    }

    @Test
    void noAddressIsAnUnknownHost() {
        try (Haft haft = haft(host -> List.of())) {
            haft.connect(SOME, events.options().build());
            events.expect("UNKNOWN_HOST!");
            assertEquals(
                    "cannot connect to tcp://some.test:1: unknown host 'some.test'",
                    events.lastError().getMessage());
        }
    }

    @Test
    void noLoopWaitsForIt() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        AtomicReference<Thread> asked = new AtomicReference<>();
        try (Haft haft = haft(host -> {
            asked.set(Thread.currentThread());
            answer.join();
            return List.of();
        })) {
            Handle handle = haft.connect(SOME, events.options().build());
            // Several turns of the loop go by.
            Pair.settle(handle.loop());
            Pair.settle(handle.loop());
            events.expectNoMore();
            answer.complete(null);
            events.expect("UNKNOWN_HOST!");
            assertEquals("haft-resolver", asked.get().getName());
        }
    }

    @Test
    void oneThatDoesNotAnswerIsGivenTheConnectTimeout() {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        ManualClock clock = new ManualClock();
        try (Haft haft = Haft.builder()
                .loops(1)
                .clock(clock)
                .resolver(host -> answer.join())
                .closeTimeout(Duration.ZERO)
                .open()) {
            Handle handle = haft.connect(
                    SOME, events.options().connectTimeout(Duration.ofSeconds(5)).build());
            Pair.settle(handle.loop());
            clock.advance(Duration.ofSeconds(5));
            events.expect("TIMED_OUT!");
            Pair.await(handle.closed());
            // What comes too late is nobody's.
            answer.complete(List.of(InetAddress.getLoopbackAddress()));
            Pair.settle(handle.loop());
            events.expectNoMore();
        }
    }

    @Test
    void itIsAskedForAsciiNames() throws Exception {
        // open.peername
        CompletableFuture<String> asked = new CompletableFuture<>();
        try (Haft haft = haft(host -> {
            asked.complete(host);
            return List.of();
        })) {
            Handle handle = haft.connect(
                    Endpoint.tcp("bücher.test", 1), events.options().build());
            assertEquals("xn--bcher-kva.test", handle.peerName());
            events.expect("UNKNOWN_HOST!");
            assertEquals("xn--bcher-kva.test", Pair.await(asked));
        }
    }

    @Test
    void aListenerIsBoundToWhatItSays() throws Exception {
        // open.listen
        try (Haft haft = haft(host -> List.of(InetAddress.getByName("127.0.0.7")));
                Listener listener = haft.listen(Endpoint.tcp("some.test", 0), h -> {})) {
            assertEquals(Endpoint.tcp("127.0.0.7", listener.port()), listener.endpoint());
        }
        try (Haft haft = haft(host -> List.of())) {
            HandleException error =
                    assertThrows(HandleException.class, () -> haft.listen(Endpoint.tcp("some.test", 0), h -> {}));
            assertFalse(error.getMessage().isEmpty());
        }
    }
}
