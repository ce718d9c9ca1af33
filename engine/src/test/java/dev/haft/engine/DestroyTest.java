package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleCallback;
import dev.haft.HandleException;
import dev.haft.Writes;
import dev.haft.testkit.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 7: after destroy nothing is heard of a handle but what it has written. Parity life.destroy, opt.linger. */
class DestroyTest {
    private final Events events = new Events();

    @ParameterizedTest
    @EnumSource
    void everyMethodIsASilentNoOpAfterwards(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options().attachment("mine"))) {
            assertEquals("mine", pair.handle.attachment());
            pair.handle.onDrain(events.on("drain"));
            events.expect("drain");
            pair.handle.destroy();
            assertTrue(pair.handle.isDestroyed());
            Pair.await(pair.handle.closed());
            pair.handle
                    .pushRead(chunk(0), events.value())
                    .unshiftRead(chunk(0), events.value())
                    .onEach(chunk(0), events.value())
                    .onRead(events.on("read"))
                    .startRead()
                    .stopRead()
                    .clearReads()
                    .pushWrite("x")
                    .pushWrite(new byte[1])
                    .pushWrite(ByteBuffer.allocate(1))
                    .pushWrite(Writes.line(), "x")
                    .pushShutdown()
                    .onError(events.error())
                    .onEof(events.on("eof"))
                    .onDrain(events.on("drain"))
                    .onHighWater(events.on("high"))
                    .onTimeout(events.on("timeout"))
                    .timeout(Duration.ofNanos(1))
                    .readTimeout(Duration.ofNanos(1))
                    .writeTimeout(Duration.ofNanos(1))
                    .timeoutReset()
                    .readTimeoutReset()
                    .writeTimeoutReset()
                    .maxReadBufferBytes(1)
                    .maxWriteBufferBytes(1)
                    .lowWaterBytes(1)
                    .highWaterBytes(1)
                    .autocork(true)
                    .linger(Duration.ZERO)
                    .attach("other");
            pair.handle.execute(h -> events.add("executed"));
            pair.handle.close();
            pair.handle.destroy();
            pair.settle();
            events.expectNoMore();
            assertNull(pair.handle.attachment());
            assertNull(pair.handle.channel());
            assertTrue(pair.handle.toString().startsWith("Handle[ENDED"), pair.handle.toString());
            assertEquals("", pair.peer.receiveText());
        }
    }

    @Test
    void futuresFailWithDestroyed() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            CompletableFuture<String> before = pair.handle.read(line());
            pair.settle();
            pair.handle.destroy();
            isDestroyed(before);
            isDestroyed(pair.handle.read(line()));
            isDestroyed(pair.handle.write(Writes.bytes(), new byte[1]));
            events.expectNoMore();
        }
    }

    @Test
    void futuresMadeOnTheLoopFailWithDestroyed() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            CompletableFuture<CompletableFuture<?>> read = new CompletableFuture<>();
            CompletableFuture<CompletableFuture<?>> write = new CompletableFuture<>();
            pair.onLoop(h -> {
                h.destroy();
                read.complete(h.read(line()));
                write.complete(h.write(Writes.bytes(), new byte[1]));
            });
            isDestroyed(Pair.await(read));
            isDestroyed(Pair.await(write));
        }
    }

    private static void isDestroyed(CompletableFuture<?> future) {
        assertEquals(ErrorCode.DESTROYED, ((HandleException) Pair.failure(future)).code());
    }

    @Test
    void noCallbackRunsAfterDestroyWasCalledOnAnotherThread() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            CompletableFuture<Void> called = new CompletableFuture<>();
            CompletableFuture<Void> destroyed = new CompletableFuture<>();
            pair.handle.onEach(chunk(1), (h, value) -> {
                events.add(Events.text(value));
                called.complete(null);
                Pair.await(destroyed);
            });
            pair.peer.send("abc");
            Pair.await(called);
            pair.handle.destroy();
            destroyed.complete(null);
            Pair.await(pair.handle.closed());
            events.expect("a");
            events.expectNoMore();
        }
    }

    @ParameterizedTest
    @EnumSource
    void unwrittenDataGoesOutInTheBackground(Link link) throws Exception {
        byte[] much = new byte[8 << 20];
        new Random(1).nextBytes(much);
        try (Pair pair = Pair.open(link, events.options())) {
            pair.handle.pushWrite(much);
            pair.handle.destroy();
            assertTrue(pair.handle.isDestroyed());
            pair.settle();
            assertFalse(pair.handle.closed().isDone());
            assertEquals(1, pair.haft.handles().size());
            assertArrayEquals(much, pair.peer.receiveAll());
            pair.peer.end();
            Pair.await(pair.handle.closed());
            assertEquals(0, pair.haft.handles().size());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UNIX"})
    void whatThePeerStillSendsDoesNotCostItWhatWasWritten(Link link) throws Exception {
        byte[] much = new byte[8 << 20];
        new Random(2).nextBytes(much);
        try (Pair pair = Pair.open(link, events.options())) {
            pair.peer.send("nobody reads this");
            pair.handle.pushWrite(much);
            pair.handle.destroy();
            pair.settle();
            pair.peer.send("nor this");
            String first = pair.peer.receive(much.length - 1000);
            pair.peer.send("nor this either");
            pair.settle();
            assertEquals(new String(much, StandardCharsets.ISO_8859_1), first + pair.peer.receiveText());
            assertFalse(pair.handle.closed().isDone());
            pair.peer.end();
            Pair.await(pair.handle.closed());
        }
    }

    @Test
    void onceAllIsWrittenThePeersEndIsAwaitedForTheCloseTimeout() throws Exception {
        ManualClock clock = new ManualClock();
        try (Pair pair = Pair.open(
                Link.TCP, events.options().linger(Duration.ofMinutes(5)).closeTimeout(Duration.ofSeconds(3)), clock)) {
            pair.onLoop(h -> h.pushWrite("last").destroy());
            assertEquals("last", pair.peer.receiveText());
            pair.settle();
            clock.advance(Duration.ofMillis(2999));
            pair.settle();
            assertFalse(pair.handle.closed().isDone());
            clock.advance(Duration.ofMillis(1));
            Pair.await(pair.handle.closed());
        }
    }

    @Test
    void lingerIsBoundedInTime() throws Exception {
        ManualClock clock = new ManualClock();
        try (Pair pair = Pair.open(Link.TCP, events.options().linger(Duration.ofSeconds(5)), clock)) {
            CompletableFuture<Void> write = pair.handle.write(Writes.bytes(), new byte[16 << 20]);
            pair.handle.destroy();
            pair.settle();
            clock.advance(Duration.ofMillis(4999));
            pair.settle();
            assertFalse(pair.handle.closed().isDone());
            clock.advance(Duration.ofMillis(1));
            Pair.await(pair.handle.closed());
            isDestroyed(write);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutLingerUnwrittenDataIsLost(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options().linger(Duration.ZERO))) {
            pair.handle.pushWrite(new byte[16 << 20]);
            pair.settle();
            pair.handle.destroy();
            Pair.await(pair.handle.closed());
            assertTrue(received(pair.peer) < 16 << 20);
        }
    }

    private static int received(Peer peer) {
        try {
            return peer.receiveAll().length;
        } catch (IOException e) {
            // A reset is all right here.
            return 0;
        }
    }

    @FunctionalInterface
    private interface Provocation {
        void on(Pair pair, ManualClock clock) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> aHandleMayBeDestroyedInEveryCallback() {
        Map<String, Provocation> all = new LinkedHashMap<>();
        all.put(
                "of a read",
                (pair, clock) -> pair.handle
                        .pushRead(chunk(1), (h, value) -> destroy().accept(h))
                        .pushRead(chunk(1), events.value()));
        all.put(
                "of onEach",
                (pair, clock) ->
                        pair.handle.onEach(chunk(1), (h, value) -> destroy().accept(h)));
        all.put("onRead", (pair, clock) -> pair.handle.onRead(destroy()));
        all.put("onEof", (pair, clock) -> {
            pair.handle.onEof(destroy()).onEach(chunk(1), (h, value) -> {});
            pair.peer.end();
        });
        all.put(
                "onError",
                (pair, clock) -> pair.handle
                        .onError((h, error) -> destroy().accept(h))
                        .pushRead(line().limit(1), events.value()));
        all.put(
                "fatal onError",
                (pair, clock) -> pair.handle
                        .onError((h, error) -> destroy().accept(h))
                        .pushShutdown()
                        .pushWrite("x"));
        all.put("onDrain", (pair, clock) -> pair.handle.onDrain(destroy()));
        all.put(
                "onDrain after a write",
                (pair, clock) -> pair.handle.execute(h -> {
                    h.pushWrite("x");
                    h.onDrain(destroy());
                }));
        all.put(
                "onHighWater",
                (pair, clock) ->
                        pair.handle.onHighWater(destroy()).highWaterBytes(1).pushWrite("ab"));
        all.put("onTimeout", (pair, clock) -> {
            pair.handle.onTimeout(destroy()).timeout(Duration.ofSeconds(1));
            pair.settle();
            clock.advance(Duration.ofSeconds(2));
        });
        all.put(
                "of execute",
                (pair, clock) -> pair.handle.execute(h -> {
                    h.pushRead(chunk(1), events.value());
                    destroy(h);
                }));
        all.put("of a future", (pair, clock) -> {
            CompletableFuture<Void> done = pair.handle.read(chunk(1)).thenAccept(value -> destroy(pair.handle));
            pair.handle.pushRead(chunk(1), events.value());
            assertFalse(done.isCancelled());
        });
        return all.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> isDestroyedWithin(e.getValue())));
    }

    private HandleCallback destroy() {
        return this::destroy;
    }

    private void destroy(dev.haft.Handle handle) {
        events.add("destroyed");
        handle.destroy();
        handle.pushRead(chunk(0), events.value()).onDrain(events.on("drain")).pushWrite("lost");
    }

    private void isDestroyedWithin(Provocation provocation) throws Exception {
        ManualClock clock = new ManualClock();
        try (Pair pair = Pair.open(Link.TCP, events.options(), clock)) {
            pair.peer.send("xyz");
            provocation.on(pair, clock);
            events.expect("destroyed");
            // The peer does not end.
            pair.settle();
            clock.advance(Duration.ofSeconds(10));
            Pair.await(pair.handle.closed());
            pair.settle();
            events.expectNoMore();
        }
    }

    @Test
    void negativeTimesAndSizesAreRefusedOnTheHandleToo() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            Duration negative = Duration.ofNanos(-1);
            assertThrows(IllegalArgumentException.class, () -> pair.handle.timeout(negative));
            assertThrows(IllegalArgumentException.class, () -> pair.handle.readTimeout(negative));
            assertThrows(IllegalArgumentException.class, () -> pair.handle.writeTimeout(negative));
            assertThrows(IllegalArgumentException.class, () -> pair.handle.linger(negative));
            assertThrows(IllegalArgumentException.class, () -> pair.handle.maxReadBufferBytes(0));
            assertThrows(IllegalArgumentException.class, () -> pair.handle.maxWriteBufferBytes(0));
            assertThrows(IllegalArgumentException.class, () -> pair.handle.lowWaterBytes(-1));
            assertThrows(IllegalArgumentException.class, () -> pair.handle.highWaterBytes(-1));
        }
    }
}
