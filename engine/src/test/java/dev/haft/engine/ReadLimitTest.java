package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.HandleOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 4: what may wait to be read has a limit. Parity opt.rbuf_max. */
class ReadLimitTest {
    private static final int LIMIT = 1000;
    private final Events events = new Events();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 128 << 10})
    void asManyBytesAsTheLimitMayWaitAndOneMoreIsTooMany(int maxReadBytes) throws Exception {
        HandleOptions.Builder options =
                events.options().maxReadBufferBytes(LIMIT).maxReadBytes(maxReadBytes);
        try (Pair pair = Pair.open(Link.TCP, options)) {
            pair.handle.onRead(h -> {
                if (h.readBuffer().remaining() == LIMIT) {
                    events.add("full");
                }
            });
            pair.peer.send(new byte[LIMIT]);
            events.expect("full");
            pair.settle();
            events.expectNoMore();
            pair.peer.send("x");
            events.expect("BUFFER_FULL!");
            assertEquals(
                    "more than 1000 bytes wait to be read", events.lastError().getMessage());
            assertEquals(LIMIT + 1, pair.handle.stats().bytesRead());
        }
    }

    @Test
    void whatWaitsCanBeSeenWhenItIsTooMuch() throws Exception {
        HandleOptions.Builder options = events.options()
                .maxReadBufferBytes(LIMIT)
                .onError((h, error) -> {
                    events.note(error);
                    events.add(h.readBuffer().remaining() + " bytes");
                });
        try (Pair pair = Pair.open(Link.TCP, options)) {
            pair.handle.onRead(h -> {});
            pair.peer.send(new byte[LIMIT + 100]);
            events.expect("BUFFER_FULL!", "1001 bytes");
        }
    }

    @Test
    void aReadsOwnLimitStandsAboveTheHandles() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options().maxReadBufferBytes(LIMIT))) {
            pair.handle.pushRead(chunk(5 * LIMIT), (h, value) -> events.add(value.length + " bytes"));
            pair.peer.send(new byte[5 * LIMIT]);
            events.expect("5000 bytes");
            pair.handle.pushRead(line().limit(3 * LIMIT), (h, text) -> events.add(text.length() + " characters"));
            pair.peer.send("x".repeat(3 * LIMIT));
            pair.peer.send("\r\n");
            events.expect("3000 characters");
        }
    }

    @Test
    void anUnlimitedLineIsBoundByTheHandle() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options().maxReadBufferBytes(LIMIT))) {
            pair.handle.pushRead(line().unlimited(), events.value());
            pair.peer.send("x".repeat(LIMIT + 1));
            events.expect("BUFFER_FULL!");
        }
    }

    @Test
    void aLowerLimitSetLaterHoldsAtOnce() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onRead(h -> events.add(h.readBuffer().remaining() + " bytes"));
            pair.peer.send("abcd");
            events.expect("4 bytes");
            pair.handle.maxReadBufferBytes(4);
            pair.settle();
            events.expectNoMore();
            pair.handle.maxReadBufferBytes(3);
            events.expect("BUFFER_FULL!");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEndlessLineIsTooLongWithoutBeingTakenFromTheSocket(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options())) {
            pair.handle.onEach(line(), events.value());
            CompletableFuture<Void> streaming = stream(pair, 1 << 30);
            events.expect("TOO_LONG");
            pair.settle();
            long taken = pair.handle.stats().bytesRead();
            assertTrue(taken <= (64 << 10) + (128 << 10), taken + " bytes were read of a line of at most 64 KiB");
            assertEquals(taken, pair.handle.stats().pendingReadBytes());
            pair.handle.destroy();
            pair.peer.close();
            Pair.await(streaming);
        }
    }

    @Test
    void aLineWithoutEndAndWithoutLimitStopsAtTheHandlesLimit() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(line().unlimited(), events.value());
            CompletableFuture<Void> streaming = stream(pair, 1 << 30);
            events.expect("BUFFER_FULL!");
            assertEquals((1 << 20) + 1, pair.handle.stats().bytesRead());
            Pair.await(streaming);
        }
    }

    /** Sends zeros until all is sent, or the other end is gone. */
    private static CompletableFuture<Void> stream(Pair pair, int bytes) {
        return CompletableFuture.runAsync(() -> {
            byte[] piece = new byte[1 << 16];
            Arrays.fill(piece, (byte) 'x');
            try {
                for (int sent = 0; sent < bytes; sent += piece.length) {
                    pair.peer.send(piece);
                }
            } catch (IOException e) {
                // The handle is gone: what this waits for.
                return;
            }
            throw new IllegalStateException("all was taken");
        });
    }
}
