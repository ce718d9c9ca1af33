package dev.haft.engine;

import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An idle handle that watches for it notices the peer's end. Parity r.watch_end. */
class WatchEndTest {
    private final Events events = new Events();

    @ParameterizedTest
    @EnumSource
    void anIdleHandleNoticesTheEnd(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options().watchEnd(true))) {
            pair.settle();
            pair.peer.end();
            events.expect("eof");
            pair.settle();
            events.expectNoMore();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itMayBeSetLaterAndTakenBack(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options())) {
            pair.onLoop(h -> h.watchEnd(true).watchEnd(false));
            pair.peer.end();
            pair.settle();
            events.expectNoMore();
            pair.handle.watchEnd(true);
            events.expect("eof");
        }
    }

    @Test
    void withoutOnEofTheEndIsFatal() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options().onEof(null).watchEnd(true))) {
            pair.peer.end();
            events.expect("END_OF_STREAM!");
        }
    }

    @Test
    void aResetIsNoticedToo() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options().watchEnd(true))) {
            pair.settle();
            pair.peer.reset();
            events.expect("CONNECTION_RESET!");
        }
    }

    @Test
    void whatComesFirstIsKeptWithinItsLimitAndTheEndComesBehindIt() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options().watchEnd(true).maxReadBufferBytes(4))) {
            pair.peer.send("1234567\nnext\n");
            pair.peer.end();
            for (int turn = 0; turn < 10_000 && pair.handle.stats().pendingReadBytes() == 0; turn++) {
                pair.settle();
            }
            events.expectNoMore();
            assertEquals(4, pair.handle.stats().pendingReadBytes());
            pair.onLoop(h -> h.pushRead(line(), events.value()).pushRead(line(), events.value()));
            events.expect("1234567", "next", "eof");
        }
    }

    @Test
    void stopReadHoldsItBack() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options().watchEnd(true))) {
            pair.onLoop(dev.haft.Handle::stopRead);
            pair.peer.end();
            pair.settle();
            events.expectNoMore();
            pair.handle.startRead();
            events.expect("eof");
        }
    }
}
