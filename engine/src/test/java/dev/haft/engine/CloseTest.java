package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Decoder;
import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.Read;
import dev.haft.Writes;
import dev.haft.testkit.ManualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** close() is orderly: all bytes arrive, the peer sees an end and no reset. Parity life.close. */
class CloseTest {
    private final Events events = new Events();

    private enum First {
        HANDLE,
        PEER,
        PEER_WITH_UNREAD_DATA
    }

    static Stream<Arguments> matrix() {
        List<Arguments> all = new ArrayList<>();
        for (Link link : Link.values()) {
            for (First first : First.values()) {
                for (int bytes : new int[] {0, 1, 1 << 20, 8 << 20}) {
                    for (boolean slow : new boolean[] {false, true}) {
                        all.add(Arguments.of(link, first, bytes, slow));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void allBytesArriveAndThenTheEnd(Link link, First first, int bytes, boolean slow) throws Exception {
        byte[] much = new byte[bytes];
        new Random(bytes).nextBytes(much);
        try (Pair pair = Pair.open(link, events.options())) {
            pair.handle.pushWrite(much);
            if (first == First.PEER_WITH_UNREAD_DATA) {
                pair.peer.send(new byte[100]);
            }
            if (first != First.HANDLE) {
                pair.peer.end();
            }
            pair.handle.close();
            assertTrue(pair.handle.isDestroyed());
            int early = slow ? 0 : bytes / 2;
            String beginning = pair.peer.receive(early);
            pair.settle();
            byte[] rest = pair.peer.receiveAll();
            assertEquals(bytes, beginning.length() + rest.length);
            assertArrayEquals(java.util.Arrays.copyOfRange(much, early, bytes), rest);
            if (first == First.HANDLE) {
                pair.peer.end();
            }
            Pair.await(pair.handle.closed());
            events.expectNoMore();
            assertEquals(0, pair.haft.handles().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatThePeerStillSendsIsTakenSoThatNoResetHarmsWhatWasSent(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options())) {
            pair.handle.pushWrite("answer");
            pair.handle.close();
            pair.peer.send(new byte[4 << 20]);
            assertEquals("answer", pair.peer.receiveText());
            pair.peer.send(new byte[1 << 20]);
            pair.peer.end();
            Pair.await(pair.handle.closed());
        }
    }

    @Test
    void aPeerThatNeverReadsIsGivenTheCloseTimeout() throws Exception {
        ManualClock clock = new ManualClock();
        HandleOptions.Builder options = events.options().closeTimeout(Duration.ofSeconds(3));
        try (Pair pair = Pair.open(Link.TCP, options, clock)) {
            CompletableFuture<Void> write = pair.handle.write(Writes.bytes(), new byte[16 << 20]);
            pair.handle.close();
            pair.settle();
            clock.advance(Duration.ofMillis(2999));
            pair.settle();
            assertFalse(pair.handle.closed().isDone());
            clock.advance(Duration.ofMillis(1));
            Pair.await(pair.handle.closed());
            assertEquals(ErrorCode.DESTROYED, ((HandleException) Pair.failure(write)).code());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatNeverClosesIsGivenTheCloseTimeout(Link link) throws Exception {
        ManualClock clock = new ManualClock();
        try (Pair pair = Pair.open(link, events.options(), clock)) {
            pair.handle.pushWrite("bye");
            pair.handle.close();
            assertEquals("bye", pair.peer.receiveText());
            pair.settle();
            assertFalse(pair.handle.closed().isDone());
            clock.advance(Duration.ofSeconds(10));
            Pair.await(pair.handle.closed());
        }
    }

    @Test
    void queuedReadsAreDroppedAndNoCallbackRuns() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(line(), events.value()).onDrain(h -> {});
            CompletableFuture<String> future = pair.handle.read(line());
            pair.handle.close();
            assertEquals(ErrorCode.DESTROYED, ((HandleException) Pair.failure(future)).code());
            pair.peer.send("a\nb\n");
            pair.peer.end();
            Pair.await(pair.handle.closed());
            events.expectNoMore();
        }
    }

    @Test
    void writesAreTakenThatWerePushedBeforeCloseOnTheSameThread() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 1000; i++) {
                pair.handle.pushWrite(i + "\n");
                all.append(i).append('\n');
            }
            CompletableFuture<Void> last = pair.handle.write(Writes.line(), "last");
            pair.handle.close();
            pair.handle.pushWrite("late");
            assertEquals(all + "last\n", pair.peer.receiveText());
            Pair.await(last);
        }
    }

    @Test
    void closeInACallbackSendsWhatThatCallbackHasWritten() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(chunk(1), (h, value) -> {
                h.pushWrite("answer");
                h.close();
                h.pushWrite("late");
            });
            pair.peer.send("x");
            assertEquals("answer", pair.peer.receiveText());
            pair.peer.end();
            Pair.await(pair.handle.closed());
            events.expectNoMore();
        }
    }

    @Test
    void closeAfterPushShutdownStillWaitsForThePeer() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushWrite("bye").pushShutdown();
            pair.handle.close();
            assertEquals("bye", pair.peer.receiveText());
            pair.peer.send("more");
            pair.peer.end();
            Pair.await(pair.handle.closed());
        }
    }

    @Test
    void destroyAfterCloseChangesNothing() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushWrite(new byte[8 << 20]);
            pair.handle.close();
            pair.handle.destroy();
            assertEquals(8 << 20, pair.peer.receiveAll().length);
            pair.peer.end();
            Pair.await(pair.handle.closed());
        }
    }

    /** The end of the stream may come between the call of close on another thread and its turn on the loop. */
    @Test
    void anEndOfStreamWhileCloseIsUnderWayDoesNotCutItShort() throws Exception {
        int much = 8 << 20;
        try (Pair pair = Pair.open(Link.TCP, events.options().linger(Duration.ZERO))) {
            Read<String> read = Read.of(() -> new Decoder<>() {
                @Override
                public @Nullable String decode(ByteBuffer in) {
                    return null;
                }

                @Override
                public @Nullable String atEnd(ByteBuffer in) {
                    Pair.await(CompletableFuture.runAsync(pair.handle::close));
                    return null;
                }
            });
            pair.handle.pushWrite(new byte[much]).pushRead(read, events.value());
            pair.settle();
            pair.peer.send("x");
            pair.peer.end();
            assertEquals(much, pair.peer.receiveAll().length);
            Pair.await(pair.handle.closed());
            events.expectNoMore();
        }
    }
}
