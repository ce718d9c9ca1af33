package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.Listener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 6: nothing is read that nobody asked for, and who cannot write does not ask for more to do. */
class BackPressureTest {
    private static final int MUCH = 8 << 20;
    private final Events events = new Events();

    @ParameterizedTest
    @EnumSource
    void nothingIsReadThatNobodyAskedFor(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options())) {
            pair.peer.sendUntilFull();
            pair.settle();
            assertEquals(0, pair.handle.stats().bytesRead());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingMoreIsReadWhenTheQueueIsEmptyAgain(Link link) throws Exception {
        HandleOptions.Builder options = events.options().maxReadBytes(1000);
        try (Pair pair = Pair.open(link, options)) {
            pair.handle.pushRead(chunk(10), (h, value) -> events.add("ten"));
            CompletableFuture<Long> sent = CompletableFuture.supplyAsync(() -> {
                try {
                    return pair.peer.sendUntilFull();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            events.expect("ten");
            Pair.await(sent);
            pair.settle();
            assertTrue(pair.handle.stats().bytesRead() <= 1000);
        }
    }

    @Test
    void stopReadLetsThePeersBufferFill() throws Exception {
        // r.start_stop
        try (Pair pair = Pair.open(Link.TCP, events.options().maxReadBytes(1000))) {
            pair.handle.onRead(h -> {
                h.readBuffer().position(h.readBuffer().limit());
                h.stopRead();
                events.add("read");
            });
            pair.peer.sendUntilFull();
            events.expect("read");
            pair.settle();
            events.expectNoMore();
            assertTrue(pair.handle.stats().bytesRead() <= 1000);
            pair.handle.startRead();
            events.expect("read");
        }
    }

    @ParameterizedTest
    @EnumSource
    void onEachRestsOverTheHighWaterMarkAndGoesOnWhenItHasDrained(Link link) throws Exception {
        // opt.backpressure
        HandleOptions.Builder options = events.options()
                .onHighWater(events.on("high"))
                .highWaterBytes(100_000)
                .lowWaterBytes(1000);
        try (Pair pair = Pair.open(link, options)) {
            pair.handle.onEach(line(), (h, text) -> {
                events.add(text);
                h.pushWrite(new byte[MUCH]);
            });
            pair.peer.send("a\nb\n");
            events.expect("a", "high");
            pair.settle();
            events.expectNoMore();
            assertFalse(pair.handle.isWritable());
            pair.handle.pushRead(line(), (h, text) -> events.add("pushed " + text));
            events.expect("pushed b");
            pair.peer.send("c\n");
            pair.settle();
            events.expectNoMore();
            pair.peer.receive(MUCH);
            events.expect("c", "high");
            pair.peer.receive(MUCH);
            pair.settle();
            assertTrue(pair.handle.isWritable());
            events.expectNoMore();
        }
    }

    @Test
    void onReadRestsToo() throws Exception {
        HandleOptions.Builder options = events.options().highWaterBytes(1);
        try (Pair pair = Pair.open(Link.TCP, options)) {
            pair.handle.onRead(h -> {
                events.add("read " + (char) h.readBuffer().get());
                h.pushWrite(new byte[MUCH]);
            });
            pair.peer.send("ab");
            events.expect("read a");
            pair.settle();
            events.expectNoMore();
            pair.peer.receive(MUCH);
            events.expect("read b");
            pair.peer.receive(MUCH);
        }
    }

    @Test
    void theEndBehindMessagesThatRestComesAfterThem() throws Exception {
        HandleOptions.Builder options = events.options().highWaterBytes(1);
        try (Pair pair = Pair.open(Link.TCP, options)) {
            pair.handle.onEach(line(), (h, text) -> {
                events.add(text);
                h.pushWrite(new byte[MUCH]);
            });
            pair.peer.send("a\nb\n");
            pair.peer.end();
            events.expect("a");
            pair.settle();
            events.expectNoMore();
            pair.peer.receive(MUCH);
            events.expect("b");
            pair.peer.receive(MUCH);
            events.expect("eof");
        }
    }

    @Test
    void onDrainIsCalledAtTheLowWaterMark() throws Exception {
        // cb.on_drain opt.low_water_mark
        HandleOptions.Builder options = events.options().lowWaterBytes(1000);
        try (Pair pair = Pair.open(Link.TCP, options)) {
            pair.handle.onDrain(events.on("drain"));
            events.expect("drain");
            pair.handle.pushWrite(new byte[MUCH]);
            pair.settle();
            events.expectNoMore();
            pair.peer.receive(MUCH);
            events.expect("drain");
            pair.settle();
            events.expectNoMore();
            assertEquals(0, pair.handle.pendingWriteBytes());
        }
    }

    @Test
    void onDrainMayWriteMore() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            int[] left = {1000};
            pair.handle.onDrain(h -> {
                if (left[0]-- > 0) {
                    h.pushWrite("x");
                }
            });
            assertEquals("x".repeat(1000), pair.peer.receive(1000));
        }
    }

    @Test
    void twoPeersThatPushAllRequestsBeforeTheyReadDoNotWaitForEachOther() throws Exception {
        int requests = 500_000;
        CountDownLatch answered = new CountDownLatch(2);
        Consumer<Handle> talk = h -> {
            for (int i = 0; i < requests; i++) {
                h.pushWrite("request " + i + "\n");
            }
            for (int i = 0; i < requests - 1; i++) {
                String expected = "request " + i;
                h.pushRead(line(), (x, text) -> {
                    if (!text.equals(expected)) {
                        events.add(text + " instead of " + expected);
                    }
                });
            }
            h.pushRead(line(), (x, text) -> answered.countDown());
        };
        try (Haft haft = Pair.haft();
                Listener listener = haft.listen(Endpoint.tcp("127.0.0.1", 0), talk)) {
            haft.connect(listener.endpoint(), events.options().build()).execute(talk);
            assertTrue(answered.await(30, TimeUnit.SECONDS));
            events.expectNoMore();
        }
    }
}
