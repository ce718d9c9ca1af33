package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.BadMessageException;
import dev.haft.ErrorCode;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.UncheckedHandleException;
import dev.haft.Write;
import dev.haft.Writes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is pushed is copied, and leaves in order. Parity w.*. */
class WriteTest {
    private final Events events = new Events();

    @ParameterizedTest
    @EnumSource
    void allKindsOfWritesLeaveInOrder(Link link) throws Exception {
        // w.push w.typed w.netstring
        try (Pair pair = Pair.open(link, events.options())) {
            writeAll(pair.handle);
            assertEquals("abc\u00c3\u00a9line\n5:hello,\n" + "x".repeat(10_000), pair.peer.receive(10_019));
            pair.onLoop(WriteTest::writeAll);
            assertEquals("abc\u00c3\u00a9line\n5:hello,\n" + "x".repeat(10_000), pair.peer.receive(10_019));
        }
    }

    private static void writeAll(Handle handle) {
        byte[] bytes = {'a'};
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {'-', 'b', 'c'}).position(1);
        byte[] large = "x".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        handle.pushWrite(bytes)
                .pushWrite(buffer)
                .pushWrite("\u00e9")
                .pushWrite(Writes.line(), "line")
                .pushWrite(Writes.netstring(), new byte[] {'h', 'e', 'l', 'l', 'o'})
                .pushWrite("\n")
                .pushWrite(large);
        assertFalse(buffer.hasRemaining());
        // All was copied before the calls returned.
        bytes[0] = '?';
        buffer.put(1, (byte) '?');
        large[0] = '?';
    }

    @ParameterizedTest
    @EnumSource
    void aLargeWriteArrivesWhole(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options())) {
            byte[] large = new byte[32 << 20];
            new java.util.Random(3).nextBytes(large);
            pair.handle.pushWrite(large).pushShutdown();
            org.junit.jupiter.api.Assertions.assertArrayEquals(large, pair.peer.receiveAll());
        }
    }

    @ParameterizedTest
    @EnumSource
    void futuresCompleteInOrderWhenTheKernelHasTheBytes(Link link) throws Exception {
        // w.completion
        try (Pair pair = Pair.open(link, events.options())) {
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int size : new int[] {0, 1, 8 << 20, 0, 5}) {
                done.add(pair.handle.write(Writes.bytes(), new byte[size]).thenRun(() -> events.add(size + " bytes")));
            }
            events.expect("0 bytes", "1 bytes");
            pair.settle();
            events.expectNoMore();
            pair.peer.receive((8 << 20) + 6);
            events.expect((8 << 20) + " bytes", "0 bytes", "5 bytes");
            Pair.await(CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)));
        }
    }

    @Test
    void waitingForAWriteOnTheLoopIsRefused() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.onLoop(h -> {
                CompletableFuture<Void> future = h.write(Writes.bytes(), new byte[1]);
                assertThrows(IllegalStateException.class, future::join);
            });
        }
    }

    private static final Write<String> HALF = (value, out) -> {
        out.write("half of " + value);
        throw new BadMessageException("cannot say " + value);
    };

    @Test
    void nothingIsWrittenOfAValueThatCannotBeSaid() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            UncheckedHandleException refused =
                    assertThrows(UncheckedHandleException.class, () -> pair.handle.pushWrite(HALF, "x"));
            assertEquals(ErrorCode.BAD_MESSAGE, refused.code());
            assertFalse(refused.error().fatal());
            assertEquals("cannot say x", refused.error().getMessage());
            assertThrows(UncheckedHandleException.class, () -> pair.handle.write(HALF, "x"));
            pair.onLoop(h -> {
                assertThrows(UncheckedHandleException.class, () -> h.pushWrite(HALF, "x"));
                assertThrows(UncheckedHandleException.class, () -> h.write(HALF, "x"));
            });
            RuntimeException boom = new RuntimeException("boom");
            Write<String> broken = (value, out) -> {
                out.write("half");
                throw boom;
            };
            assertSame(boom, assertThrows(RuntimeException.class, () -> pair.handle.pushWrite(broken, "x")));
            pair.onLoop(h -> assertSame(boom, assertThrows(RuntimeException.class, () -> h.pushWrite(broken, "x"))));
            pair.handle.pushWrite("ok").pushShutdown();
            assertEquals("ok", pair.peer.receiveText());
            events.expectNoMore();
        }
    }

    @Test
    void anEncoderMayWriteToItsHandleWhatThenComesFirst() throws Exception {
        Write<String> nested = (value, out) -> {
            out.write("second");
            out.handle().pushWrite(Writes.line(), value);
            assertEquals(6, out.size());
        };
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.onLoop(h -> h.pushWrite(nested, "first"));
            assertEquals("first\nsecond", pair.peer.receive(12));
        }
    }

    @Test
    void aWriteByNameThatIsNotThereIsRefused() throws Exception {
        // w.custom
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            UncheckedHandleException refused = assertThrows(
                    UncheckedHandleException.class,
                    () -> pair.handle.pushWrite(pair.haft.types().write("no-such-type"), "x"));
            assertEquals(ErrorCode.TYPE_UNAVAILABLE, refused.code());
            pair.handle.pushWrite(pair.haft.types().write("line"), "x");
            assertEquals("x\n", pair.peer.receive(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterPushShutdownThePeerSeesTheEndAndRepliesAreStillRead(Link link) throws Exception {
        // w.push_shutdown
        try (Pair pair = Pair.open(link, events.options())) {
            pair.handle
                    .pushWrite("request")
                    .pushShutdown()
                    .pushShutdown()
                    .pushRead(line(), events.value())
                    .onEach(chunk(1), events.value());
            assertEquals("request", pair.peer.receiveText());
            pair.peer.send("reply\n!");
            events.expect("reply", "!");
            pair.peer.end();
            events.expect("eof");
            assertFalse(pair.handle.isDestroyed());
        }
    }

    @Test
    void aWriteAfterPushShutdownIsFatal() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushShutdown().pushWrite("late");
            events.expect("WRITE_CLOSED!");
            assertEquals("", pair.peer.receiveText());
        }
    }

    @Test
    void aFutureOfAWriteAfterPushShutdownFailsWithTheSameError() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            CompletableFuture<Void> late = pair.handle.pushShutdown().write(Writes.bytes(), new byte[1]);
            assertEquals(ErrorCode.WRITE_CLOSED, ((HandleException) Pair.failure(late)).code());
            events.expect("WRITE_CLOSED!");
        }
    }

    @Test
    void writingToAPeerThatIsGoneIsFatal() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.settle();
            pair.peer.close();
            for (int i = 0; i < 10_000 && !pair.handle.isDestroyed(); i++) {
                pair.onLoopIfAlive(h -> h.pushWrite("into the void"));
            }
            String error = events.next();
            assertTrue(error.equals("WRITE_CLOSED!") || error.equals("CONNECTION_RESET!"), error);
        }
    }

    @Test
    void autocorkChangesNothingButTheTime() throws Exception {
        // opt.autocork
        try (Pair pair = Pair.open(Link.TCP, events.options().autocork(true))) {
            pair.onLoop(h -> h.pushWrite("a").pushWrite("b"));
            pair.handle.pushWrite("c");
            assertEquals("abc", pair.peer.receive(3));
            pair.handle.autocork(false).pushWrite("d").pushShutdown();
            assertEquals("d", pair.peer.receiveText());
        }
    }

    @Test
    void bytesAreCounted() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            Pair.await(pair.handle.write(Writes.bytes(), new byte[12]));
            assertEquals(12, pair.handle.stats().bytesWritten());
            assertEquals(0, pair.handle.stats().pendingWriteBytes());
        }
    }

    /** What lets a handle go while its bytes leave must not give its buffer to two others. */
    @Test
    void handlesDoNotShareABufferAfterOneWasDestroyedByTheFutureOfItsWrite() throws Exception {
        try (Pair first = Pair.open(Link.TCP, events.options());
                Pair second = Link.TCP.connect(first.haft, events.options().build());
                Pair third = Link.TCP.connect(first.haft, events.options().build())) {
            // As much as one system call takes, and a little more that is still waiting then.
            first.onLoop(h -> {
                CompletableFuture<?> unused =
                        h.write(Writes.bytes(), new byte[128 << 10]).thenRun(h::destroy);
                h.pushWrite("rest");
            });
            assertEquals((128 << 10) + 4, first.peer.receiveAll().length);
            first.peer.end();
            Pair.await(first.handle.closed());
            second.onLoop(h -> {
                h.pushWrite("second");
                third.handle.autocork(true).pushWrite("third");
            });
            assertEquals("second", second.peer.receive(6));
            assertEquals("third", third.peer.receive(5));
            second.handle.pushShutdown();
            third.handle.pushShutdown();
            assertEquals("", second.peer.receiveText() + third.peer.receiveText());
        }
    }
}
