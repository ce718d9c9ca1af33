package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.Handle;
import dev.haft.HandleCallback;
import dev.haft.HandleException;
import dev.haft.Read;
import dev.haft.ReadCallback;
import dev.haft.testkit.ManualClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Law 5: an exception from user code is an error too. Parity cb.exception. */
class CallbackFailureTest {
    private static final String BOOM = "boom";

    @FunctionalInterface
    private interface Provocation {
        void on(Pair pair, ManualClock clock) throws Exception;
    }

    private static final HandleCallback THROWS = h -> {
        throw new java.io.IOException(BOOM);
    };

    private static <T> ReadCallback<T> throwing() {
        return (h, value) -> {
            throw new java.io.IOException(BOOM);
        };
    }

    @TestFactory
    Stream<DynamicTest> anExceptionOfACallbackIsFatal() {
        Map<String, Provocation> all = new LinkedHashMap<>();
        all.put("of a read", (pair, clock) -> pair.handle.pushRead(chunk(1), throwing()));
        all.put("of onEach", (pair, clock) -> pair.handle.onEach(chunk(1), throwing()));
        all.put("onRead", (pair, clock) -> pair.handle.onRead(THROWS));
        all.put("onEof", (pair, clock) -> {
            pair.handle.onEof(THROWS).onEach(chunk(1), (h, value) -> {});
            pair.peer.end();
        });
        all.put("onDrain", (pair, clock) -> pair.handle.onDrain(THROWS));
        all.put(
                "onHighWater",
                (pair, clock) ->
                        pair.handle.onHighWater(THROWS).highWaterBytes(1).pushWrite("ab"));
        all.put("onTimeout", (pair, clock) -> {
            pair.handle.onTimeout(THROWS).timeout(Duration.ofSeconds(1));
            pair.settle();
            clock.advance(Duration.ofSeconds(2));
        });
        all.put("onReadTimeout", (pair, clock) -> {
            pair.handle.onReadTimeout(THROWS).readTimeout(Duration.ofSeconds(1));
            pair.settle();
            clock.advance(Duration.ofSeconds(2));
        });
        all.put("onWriteTimeout", (pair, clock) -> {
            pair.handle.onWriteTimeout(THROWS).writeTimeout(Duration.ofSeconds(1));
            pair.settle();
            clock.advance(Duration.ofSeconds(2));
        });
        all.put(
                "of execute",
                (pair, clock) -> pair.handle.execute(h -> {
                    throw new IllegalStateException(BOOM);
                }));
        return all.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> isFatal(e.getValue())));
    }

    private static void isFatal(Provocation provocation) throws Exception {
        Events events = new Events();
        ManualClock clock = new ManualClock();
        try (Pair pair = Pair.open(Link.TCP, events.options(), clock)) {
            pair.settle();
            pair.peer.send("x");
            provocation.on(pair, clock);
            events.expect("CALLBACK_FAILED!");
            Throwable cause = events.lastError().getCause();
            assertEquals(BOOM, cause == null ? null : cause.getMessage());
            // The peer does not end.
            pair.settle();
            clock.advance(Duration.ofSeconds(10));
            Pair.await(pair.handle.closed());
            assertTrue(pair.handle.isDestroyed());
            events.expectNoMore();
        }
    }

    @Test
    void anErrorThrownByACallbackIsFatalToo() throws Exception {
        Events events = new Events();
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(chunk(1), (h, value) -> endless(0));
            pair.settle();
            pair.peer.send("x");
            events.expect("CALLBACK_FAILED!");
            assertTrue(events.lastError().getCause() instanceof StackOverflowError);
        }
    }

    private static int endless(int depth) {
        return depth < 0 ? 0 : 1 + endless(depth + 1);
    }

    @Test
    void anExceptionOfADecoderIsFatalAndTheBytesCanStillBeSeen() throws Exception {
        Events events = new Events();
        RuntimeException boom = new RuntimeException(BOOM);
        Read<String> broken = Read.of(() -> in -> {
            if (in.remaining() < 2) {
                return null;
            }
            in.get();
            throw boom;
        });
        try (Pair pair = Pair.open(Link.TCP, events.options().onError((h, error) -> {
            events.note(error);
            events.add(h.readBuffer().remaining() + " bytes");
        }))) {
            CompletableFuture<String> other =
                    pair.handle.pushRead(broken, events.value()).read(line());
            pair.settle();
            pair.peer.send("xy");
            events.expect("CALLBACK_FAILED!", "2 bytes");
            assertSame(boom, events.lastError().getCause());
            assertEquals(ErrorCode.CALLBACK_FAILED, ((HandleException) Pair.failure(other)).code());
        }
    }

    @Test
    void aDecoderThatLeavesItsBufferIsRefused() throws Exception {
        Events events = new Events();
        Read<String> back = Read.of(() -> in -> {
            if (in.remaining() < 1) {
                return null;
            }
            in.limit(in.capacity()).position(in.limit());
            return "x";
        });
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(back, events.value());
            pair.settle();
            pair.peer.send("x");
            events.expect("CALLBACK_FAILED!");
        }
    }

    @Test
    void aFunctionOfAMapThatThrowsIsFatal() throws Exception {
        Events events = new Events();
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(line().map(Integer::parseInt), events.value());
            pair.settle();
            pair.peer.send("x\n");
            events.expect("CALLBACK_FAILED!");
            assertTrue(events.lastError().getCause() instanceof NumberFormatException);
        }
    }

    @Test
    void anExceptionInOnErrorDestroysTheHandle() throws Exception {
        Events events = new Events();
        try (Pair pair = Pair.open(Link.TCP, events.options().onError((h, error) -> {
            events.note(error);
            throw new IllegalStateException(BOOM);
        }))) {
            CompletableFuture<String> other =
                    pair.handle.pushRead(line().limit(1), events.value()).read(line());
            pair.settle();
            pair.peer.send("too long\n");
            events.expect("TOO_LONG");
            assertEquals(ErrorCode.CALLBACK_FAILED, ((HandleException) Pair.failure(other)).code());
            Pair.await(pair.handle.closed());
            events.expectNoMore();
        }
    }

    @Test
    void withoutOnErrorAnErrorIsLoggedAndNotThrown() throws Exception {
        Events events = new Events();
        try (LogCapture log = LogCapture.of(Handle.class);
                Pair pair = Pair.open(Link.TCP, events.options().onError(null))) {
            pair.handle.pushRead(line().limit(1), events.value());
            pair.settle();
            pair.peer.send("too long\n");
            assertTrue(log.next().contains("TOO_LONG: line is longer than 1 bytes"));
            pair.handle.pushRead(chunk(1), throwing()).startRead();
            assertTrue(log.next().contains("CALLBACK_FAILED"));
            Pair.await(pair.handle.closed());
        }
    }

    @Test
    void theLoopGoesOnAfterATaskThatThrows() throws Exception {
        Events events = new Events();
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.loop().execute(() -> {
                throw new IllegalStateException("thrown on purpose by a test");
            });
            pair.handle.pushRead(chunk(1), events.value());
            pair.settle();
            pair.peer.send("x");
            events.expect("x");
        }
    }
}
