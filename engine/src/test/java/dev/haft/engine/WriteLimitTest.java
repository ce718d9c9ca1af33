package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.Writes;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 4: what may wait to be written has a limit, counted at the call. Parity opt.wbuf_max. */
class WriteLimitTest {
    private static final int LIMIT = 1 << 20;
    private final Events events = new Events();

    @Test
    void asManyBytesAsTheLimitMayWaitAndOneMoreIsTooMany() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options().maxWriteBufferBytes(10))) {
            pair.onLoop(h -> h.pushWrite("0123456789"));
            assertEquals("0123456789", pair.peer.receive(10));
            pair.settle();
            events.expectNoMore();
            pair.onLoop(h -> {
                h.autocork(true);
                h.pushWrite("01234");
                h.pushWrite("56789");
                assertEquals(10, h.pendingWriteBytes());
                h.pushWrite("x");
            });
            events.expect("BUFFER_FULL!");
            assertEquals(
                    "more than 10 bytes wait to be written", events.lastError().getMessage());
            // What waits when a fatal error comes goes out in the background.
            assertEquals("0123456789x", pair.peer.receive(11));
        }
    }

    @Test
    void whatTheKernelTakesAtOnceIsNotTooMuch() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options().maxWriteBufferBytes(3))) {
            pair.onLoop(h -> h.pushWrite("01234").pushWrite("56789"));
            assertEquals("0123456789", pair.peer.receive(10));
            pair.settle();
            events.expectNoMore();
        }
    }

    @Test
    void whatOtherThreadsPushIsCountedAtTheCall() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options().maxWriteBufferBytes(LIMIT))) {
            CompletableFuture<Void> go = new CompletableFuture<>();
            CompletableFuture<Void> reached = new CompletableFuture<>();
            pair.handle.loop().execute(() -> {
                reached.complete(null);
                Pair.await(go);
            });
            Pair.await(reached);
            for (int i = 0; i < 4; i++) {
                pair.handle.pushWrite(new byte[LIMIT / 4]);
            }
            assertEquals(LIMIT, pair.handle.pendingWriteBytes());
            pair.handle.pushWrite("x");
            assertEquals(LIMIT, pair.handle.pendingWriteBytes());
            go.complete(null);
            events.expect("BUFFER_FULL!");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatNeverReadsMakesTheBufferFullAndNothingGrows(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options().maxWriteBufferBytes(LIMIT))) {
            byte[] piece = new byte[1 << 16];
            int largest = 0;
            for (int i = 0; i < 1000 && !pair.handle.isDestroyed(); i++) {
                pair.onLoopIfAlive(h -> h.pushWrite(piece));
                largest = Math.max(largest, pair.handle.pendingWriteBytes());
            }
            events.expect("BUFFER_FULL!");
            assertTrue(largest <= LIMIT, largest + " bytes waited");
        }
    }

    @Test
    void whileConnectingTheLimitHoldsToo() throws Exception {
        // open.connect
        try (Pair pair = Pair.open(Link.TCP, events.options().maxWriteBufferBytes(10))) {
            pair.handle
                    .loop()
                    .execute(() -> pair.haft
                            .connect(
                                    new dev.haft.Endpoint.Tcp("127.0.0.1", 1),
                                    events.options().maxWriteBufferBytes(10).build())
                            .pushWrite("0123456789")
                            .pushWrite("x"));
            events.expect("BUFFER_FULL!");
            pair.settle();
            events.expectNoMore();
        }
    }

    @Test
    void aLowerLimitSetLaterHoldsAtOnce() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.onLoop(h -> h.pushWrite("0123456789").maxWriteBufferBytes(10));
            // Else the second write may find the first one, and be relieved of both.
            pair.settle();
            pair.onLoop(h -> h.pushWrite("0123456789").maxWriteBufferBytes(9));
            events.expect("BUFFER_FULL!");
        }
    }

    @Test
    void aFutureOverTheLimitFailsWithTheSameError() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options().maxWriteBufferBytes(10))) {
            CompletableFuture<Void> future = pair.handle.write(Writes.bytes(), new byte[11]);
            assertEquals(ErrorCode.BUFFER_FULL, ((HandleException) Pair.failure(future)).code());
            events.expect("BUFFER_FULL!");
        }
    }

    @Test
    void aFutureOverTheLimitFailsWithTheSameErrorOnTheLoop() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options().autocork(true).maxWriteBufferBytes(10))) {
            CompletableFuture<CompletableFuture<Void>> future = new CompletableFuture<>();
            pair.handle.execute(h -> future.complete(pair.handle.write(Writes.bytes(), new byte[11])));
            events.expect("BUFFER_FULL!");
            assertEquals(ErrorCode.BUFFER_FULL, ((HandleException) Pair.failure(Pair.await(future))).code());
        }
    }
}
