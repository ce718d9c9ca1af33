package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Haft;
import dev.haft.HandleOptions;
import dev.haft.testkit.HandlePair;
import dev.haft.testkit.ManualClock;
import dev.haft.testkit.ScriptedPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The test kit's handles in memory behave as those over sockets. */
class MemoryPeerTest {
    private final ManualClock clock = new ManualClock();
    private final Events events = new Events();
    private Haft haft;

    @BeforeEach
    void open() {
        haft = Haft.builder()
                .loops(2)
                .clock(clock)
                .closeTimeout(Duration.ofSeconds(2))
                .open();
    }

    @AfterEach
    void close() {
        haft.close();
    }

    private ScriptedPeer peer() {
        return ScriptedPeer.open(haft, events.options().build());
    }

    @Test
    void eachPieceIsReadOnItsOwn() {
        try (ScriptedPeer peer = peer()) {
            peer.handle().onRead(h -> {
                ByteBuffer unread = h.readBuffer();
                byte[] piece = new byte[unread.remaining()];
                unread.get(piece);
                events.add(new String(piece, UTF_8));
            });
            peer.send("ab", "c", "", "def").sendByteByByte("gh".getBytes(UTF_8)).awaitRead();
            events.expect("ab", "c", "def", "g", "h");
            peer.end();
            events.expect("eof");
        }
    }

    @Test
    void aRequestIsAnswered() {
        try (ScriptedPeer peer = peer()) {
            peer.handle().onEach(line(), (h, text) -> h.pushWrite("<" + text + ">"));
            peer.send("a\nb", "c\n").expect("<a><bc>");
            peer.handle().pushShutdown();
            peer.expectEnd();
        }
    }

    @Test
    void whatIsWrittenOtherwiseIsToldWithTheHandle() {
        try (ScriptedPeer peer = peer()) {
            peer.handle().pushWrite("abc").pushShutdown();
            AssertionError wrong = assertThrows(AssertionError.class, () -> peer.expect("abd"));
            assertTrue(wrong.getMessage().startsWith("expected \"abd\", got \"abc\"; "), wrong.getMessage());
            AssertionError short_ = assertThrows(AssertionError.class, () -> peer.expect("x"));
            assertTrue(short_.getMessage().contains("got \"\" and no more"), short_.getMessage());
        }
    }

    @Test
    void anEndThatDoesNotComeIsToldByWhatComes() {
        try (ScriptedPeer peer = peer()) {
            peer.handle().pushWrite("more");
            AssertionError wrong = assertThrows(AssertionError.class, peer::expectEnd);
            assertTrue(wrong.getMessage().contains("got \"m\""), wrong.getMessage());
        }
    }

    @Test
    void aResetIsAReset() {
        try (ScriptedPeer peer = peer()) {
            peer.handle().pushRead(line(), events.value());
            peer.send("half").awaitRead().reset();
            events.expect("CONNECTION_RESET!");
        }
    }

    @Test
    void writingToAPeerThatHasClosedFails() throws Exception {
        HandlePair pair = HandlePair.open(haft, events.options().build(), HandleOptions.standard());
        pair.second().destroy();
        pair.second().closed().get(5, TimeUnit.SECONDS);
        pair.first().pushWrite("to nobody");
        events.expect("WRITE_CLOSED!");
        pair.close();
    }

    @Test
    void whatDoesNotFitWaitsUntilThePeerReads() throws Exception {
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        try (ScriptedPeer peer = peer()) {
            peer.handle().pushWrite(large);
            CompletableFuture<Void> last = peer.handle().write((value, out) -> out.write(value), "end");
            peer.handle().execute(h -> events.add("waiting " + (h.pendingWriteBytes() > 200_000)));
            events.expect("waiting true");
            assertFalse(last.isDone());
            assertArrayEquals(large, peer.receive(large.length));
            peer.expect("end");
            last.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void closingEndsInOrder() throws Exception {
        try (ScriptedPeer peer = peer()) {
            peer.handle().pushWrite("bye");
            peer.handle().close();
            peer.expect("bye").expectEnd();
            peer.end();
            peer.handle().closed().get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void aPairTalksInBothDirections() throws Exception {
        byte[] large = new byte[1 << 20];
        new Random(2).nextBytes(large);
        try (HandlePair pair = HandlePair.open(haft)) {
            CompletableFuture<byte[]> there = pair.second().read(chunk(large.length));
            CompletableFuture<byte[]> back = pair.first().read(chunk(large.length));
            pair.first().pushWrite(large);
            pair.second().pushWrite(large);
            assertArrayEquals(large, there.get(10, TimeUnit.SECONDS));
            assertArrayEquals(large, back.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aClockThatIsMovedLetsATimeoutFire() {
        try (ScriptedPeer peer = peer()) {
            peer.handle().onTimeout(events.on("timeout")).timeout(Duration.ofSeconds(30));
            Pair.settle(peer.handle().loop());
            clock.advance(Duration.ofSeconds(29));
            Pair.settle(peer.handle().loop());
            events.expectNoMore();
            clock.advance(Duration.ofSeconds(1));
            events.expect("timeout");
            assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofSeconds(-1)));
        }
    }

    @Test
    void nothingIsReadThatNobodyAskedFor() {
        try (ScriptedPeer peer = peer()) {
            peer.send("a\n", "b\n");
            peer.handle().pushRead(line(), events.value());
            events.expect("a");
            Pair.settle(peer.handle().loop());
            assertEquals(2, peer.handle().stats().bytesRead());
            peer.handle().pushRead(line(), events.value());
            events.expect("b");
        }
    }
}
