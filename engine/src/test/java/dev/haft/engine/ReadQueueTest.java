package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.netstring;
import static dev.haft.Reads.some;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Handle;
import dev.haft.HandleOptions;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads are served one after the other from the bytes that come. */
class ReadQueueTest {
    private final Events events = new Events();

    @ParameterizedTest
    @EnumSource
    void readsAreServedInTheOrderInWhichTheyWerePushed(Link link) throws Exception {
        // r.push
        try (Pair pair = Pair.open(link, events.options())) {
            pair.handle
                    .pushRead(line(), events.value())
                    .pushRead(chunk(3), events.value())
                    .pushRead(netstring(), events.value())
                    .pushRead(line(), events.value());
            pair.peer.send("hello\nabc5:world,end\r\n");
            events.expect("hello", "abc", "world", "end");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAreServedOneByteAtATime(Link link) throws Exception {
        // opt.read_size
        HandleOptions options = events.options().maxReadBytes(1).build();
        try (Pair pair = Pair.open(link, options)) {
            pair.handle.onEach(line(), events.value());
            pair.peer.send("hello\r\nworld\n\n");
            events.expect("hello", "world", "");
            pair.settle();
            assertEquals(14, pair.handle.stats().bytesRead());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnshiftedReadComesBeforeOneThatHasBytesAlready(Link link) throws Exception {
        // r.unshift
        try (Pair pair = Pair.open(link, events.options())) {
            pair.handle.pushRead(line(), events.value());
            pair.peer.send("12345");
            pair.handle.unshiftRead(chunk(1), events.value());
            events.expect("1");
            awaitPending(pair, 4);
            pair.handle.unshiftRead(chunk(2), events.value());
            events.expect("23");
            pair.peer.send("6\n");
            events.expect("456");
        }
    }

    private static void awaitPending(Pair pair, int bytes) {
        while (pair.handle.stats().pendingReadBytes() < bytes) {
            pair.settle();
        }
    }

    @Test
    void aReadThatHasLookedAtBytesLooksAnewAtWhatAnUnshiftedReadLeaves() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(line(), events.value());
            pair.peer.send("1234");
            awaitPending(pair, 4);
            pair.handle.unshiftRead(chunk(5), events.value());
            pair.settle();
            pair.peer.send("5a\nb");
            events.expect("12345", "a");
        }
    }

    @Test
    void onEachThatHasLookedAtBytesLooksAnewAtWhatAPushedReadLeaves() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(line(), events.value());
            pair.peer.send("1234");
            awaitPending(pair, 4);
            pair.handle.pushRead(chunk(5), events.value());
            pair.settle();
            pair.peer.send("5a\nb");
            events.expect("12345", "a");
        }
    }

    @Test
    void aReadThatHasLookedAtBytesLooksAnewAtWhatIsConsumedByHand() throws Exception {
        // r.rbuf
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(line(), events.value());
            pair.peer.send("1234");
            awaitPending(pair, 4);
            pair.onLoop(h -> h.readBuffer().position(h.readBuffer().position() + 4));
            pair.peer.send("a\nb");
            events.expect("a");
        }
    }

    @Test
    void whatIsThereIsServedWithoutNewBytes() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(line(), events.value());
            pair.peer.send("a\nb\nc\n");
            events.expect("a");
            pair.handle.pushRead(line(), events.value());
            events.expect("b");
            pair.onLoop(h -> {
                h.pushRead(line(), events.value());
                events.add("pushed");
            });
            events.expect("c", "pushed");
        }
    }

    @Test
    void aReadThatNeedsNoBytesIsServedAtOnce() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(chunk(0), events.value());
            events.expect("");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsPushedInCallbacksDoNotNest(Link link) throws Exception {
        int count = 100_000;
        try (Pair pair = Pair.open(link, events.options())) {
            pair.handle.pushRead(chunk(1), (h, value) -> again(h, 1, count));
            pair.peer.send(new byte[count]);
            events.expect("depth is flat");
        }
    }

    private void again(Handle handle, int served, int count) {
        if (served == count) {
            events.add("depth is flat");
        } else {
            handle.pushRead(chunk(1), (h, value) -> again(h, served + 1, count));
        }
    }

    @Test
    void futuresCompleteInOrderAmongPushedReads() throws Exception {
        // r.future
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            CompletableFuture<Void> first = pair.handle.read(line()).thenAccept(events::add);
            pair.handle.pushRead(line(), events.value());
            CompletableFuture<Void> second = pair.handle.read(line()).thenAccept(events::add);
            pair.peer.send("a\nb\nc\n");
            events.expect("a", "b", "c");
            Pair.await(CompletableFuture.allOf(first, second));
        }
    }

    @Test
    void aCancelledFutureTakesItsReadOut() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            CompletableFuture<byte[]> cancelled = pair.handle.read(chunk(100));
            pair.handle.pushRead(line(), events.value());
            pair.peer.send("a\n");
            while (pair.handle.stats().pendingReadBytes() < 2) {
                pair.settle();
            }
            assertTrue(cancelled.cancel(false));
            events.expect("a");
            assertEquals(0, pair.handle.stats().queuedReads());
        }
    }

    @Test
    void noByteIsLostWhenFuturesAreCancelledWhileTheirDataArrives() throws Exception {
        int count = 2000;
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            StringBuilder sent = new StringBuilder();
            StringBuilder got = new StringBuilder();
            for (int i = 0; i < count; i++) {
                CompletableFuture<byte[]> raced = pair.handle.read(chunk(1));
                char c = (char) ('a' + i % 26);
                sent.append(c);
                pair.peer.send(String.valueOf(c));
                if (raced.cancel(false)) {
                    got.append(Events.text(Pair.await(pair.handle.read(chunk(1)))));
                } else {
                    got.append(Events.text(raced.join()));
                }
            }
            assertEquals(sent.toString(), got.toString());
        }
    }

    @Test
    void waitingForAFutureOnTheLoopIsRefused() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            CompletableFuture<String> future = pair.handle.read(line());
            pair.onLoop(h -> {
                assertThrows(IllegalStateException.class, future::join);
                assertThrows(IllegalStateException.class, future::get);
                assertThrows(IllegalStateException.class, future.thenApply(String::length)::join);
                assertThrows(IllegalStateException.class, h.closed()::join);
            });
        }
    }

    @Test
    void clearedReadsAreGoneAndTheBytesStay() throws Exception {
        // r.start_stop
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            CompletableFuture<byte[]> future = pair.handle.read(chunk(10));
            pair.handle.pushRead(chunk(10), events.value());
            pair.peer.send("abc");
            while (pair.handle.stats().pendingReadBytes() < 3) {
                pair.settle();
            }
            pair.handle.clearReads();
            pair.settle();
            assertTrue(future.isCancelled());
            assertEquals(0, pair.handle.stats().queuedReads());
            pair.handle.pushRead(some(10), events.value());
            events.expect("abc");
        }
    }

    @Test
    void stopReadInACallbackHoldsUntilStartRead() throws Exception {
        // r.start_stop
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(line(), (h, text) -> {
                events.add(text);
                h.stopRead();
            });
            pair.peer.send("a\nb\nc\n");
            events.expect("a");
            pair.settle();
            events.expectNoMore();
            pair.handle.startRead();
            events.expect("b");
            pair.settle();
            events.expectNoMore();
            pair.handle.pushRead(line(), events.value());
            events.expect("c");
        }
    }

    @Test
    void theReadBufferIsConsumedByMovingItsPosition() throws Exception {
        // cb.on_read r.rbuf
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onRead(h -> {
                var bytes = h.readBuffer();
                assertTrue(bytes.hasArray());
                assertEquals(ByteOrder.BIG_ENDIAN, bytes.order());
                if (bytes.remaining() >= 2) {
                    byte[] two = new byte[2];
                    bytes.get(two);
                    events.add(Events.text(two));
                }
            });
            pair.peer.send("a");
            pair.settle();
            pair.peer.send("bcde");
            events.expect("ab", "cd");
            pair.settle();
            events.expectNoMore();
            pair.handle.pushRead(chunk(1), events.value());
            events.expect("e");
        }
    }

    @Test
    void theReadBufferIsForCallbacksOnly() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            assertThrows(IllegalStateException.class, pair.handle::readBuffer);
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            pair.handle
                    .loop()
                    .execute(() -> thrown.complete(assertThrows(IllegalStateException.class, pair.handle::readBuffer)));
            Pair.await(thrown);
        }
    }

    @Test
    void aReadPushedInOnReadTakesWhatIsThere() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onRead(h -> h.pushRead(line(), events.value()));
            pair.peer.send("a\nb\nc");
            events.expect("a", "b");
            pair.peer.send("\n");
            events.expect("c");
        }
    }

    @Test
    void onEachAndOnReadReplaceEachOther() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(chunk(1), events.value());
            pair.peer.send("a");
            events.expect("a");
            pair.handle.onRead(h -> {
                events.add("any " + h.readBuffer().remaining());
                h.readBuffer().get();
            });
            pair.settle();
            pair.peer.send("b");
            events.expect("any 1");
            pair.handle.onEach(chunk(2), events.value());
            pair.settle();
            pair.peer.send("cd");
            events.expect("cd");
            pair.handle.onRead(null);
            pair.settle();
            pair.peer.send("e");
            pair.settle();
            events.expectNoMore();
        }
    }
}
